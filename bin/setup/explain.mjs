/** What npm's error codes mean to a person: which codes, what happened, what to do. */
const explanations = [
  {
    codes:
      /^(ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|EPIPE|ENOTCACHED|FETCH_ERROR|E429|E5\d\d)$/,
    what: 'the package registry cannot be reached',
    remedy:
      'Check the network. Behind a proxy set HTTPS_PROXY (or "npm config set proxy URL"); with a registry of your\n' +
      '  own "npm config set registry URL". Then run the same command again: nothing needs to be undone.',
  },
  {
    codes:
      /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_.*|ERR_TLS_.*)$/,
    what: 'the package registry shows a certificate that npm does not trust',
    remedy: 'A company proxy does that: give npm its certificate ("npm config set cafile FILE"), then run this again.',
  },
  {
    codes: /^(E407)$/,
    what: 'the proxy asks for a login (407)',
    remedy: 'Put user and password into HTTPS_PROXY (http://user:password@host:port), then run this again.',
  },
  {
    codes: /^(E401|E403|ENEEDAUTH)$/,
    what: 'the package registry refused the request',
    remedy:
      'Look at "npm config get registry" and log in to it, or go back to the public one with\n' +
      '  "npm config delete registry". Then run this again.',
  },
  {
    codes: /^(E404|ETARGET)$/,
    what: 'the package registry does not have a package that package-lock.json names',
    remedy: 'A private registry may lag behind or leave packages out: look at "npm config get registry".',
  },
  {
    codes: /^(EROFS|EACCES|EPERM)$/,
    what: 'node_modules cannot be written',
    remedy:
      'Is the disk read-only, or does the folder belong to somebody else? Copy the project to a place of yours,\n' +
      '  or mend the rights; on Windows end the programs that still run from node_modules.',
  },
  { codes: /^ENOSPC$/, what: 'the disk is full', remedy: 'node_modules takes about 400 MB.' },
  {
    codes: /^EUSAGE$/,
    what: 'package.json and package-lock.json do not agree',
    remedy: 'Run "npm install" once and commit package-lock.json.',
  },
  {
    codes: /^EINTEGRITY$/,
    what: 'a package is not the one that package-lock.json was made with',
    remedy: 'Run "npm cache clean --force" and try again; if it stays so, the registry serves something else.',
  },
  { codes: /^NPM_NOT_FOUND$/, what: 'npm was not found', remedy: 'Install Node.js 20 or later, with its npm.' },
];

export const explain = (errors) => {
  const codes = errors.map((line) => /^code (\S+)/.exec(line)?.[1]).filter((code) => code !== undefined);
  const known = explanations.find((each) => codes.some((code) => each.codes.test(code)));
  const detail = errors.find(
    (line) => !/^(code|errno|syscall|path|dest|A complete log|\s+at) /.test(line) && line.trim(),
  );
  const head = known
    ? `gavel: ${known.what} (${codes[0]}).\n  ${known.remedy}`
    : 'gavel: npm could not install what is needed.';
  return detail ? `${head}\n  npm: ${detail}` : head;
};
