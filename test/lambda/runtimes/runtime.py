# A runtime of a few lines for tests: loads `module.function` from the working folder and speaks the Runtime API.
import http.client
import importlib
import json
import os
import sys

sys.path.insert(0, os.getcwd())
module, name = sys.argv[1].rsplit(".", 1)
handler = getattr(importlib.import_module(module), name)
connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def call(method, path, body=None):
    connection.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    answer = connection.getresponse()
    return answer, answer.read()


while True:
    answer, event = call("GET", "next")
    request_id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
    try:
        result = json.dumps(handler(json.loads(event), None))
        call("POST", request_id + "/response", result)
    except Exception as error:
        failure = {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": []}
        call("POST", request_id + "/error", json.dumps(failure))
