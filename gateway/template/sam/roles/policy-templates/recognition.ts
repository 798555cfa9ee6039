import { allow, type PolicyTemplate } from './statement.ts';

/** Policy templates for services that look, listen and learn. */
export const recognitionPolicies: Readonly<Record<string, PolicyTemplate>> = {
  ComprehendBasicAccessPolicy: [
    allow(
      'comprehend: BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities ' +
        'DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment',
      '*',
    ),
  ],
  PollyFullAccessPolicy: [
    allow('polly: GetLexicon DeleteLexicon', 'polly:lexicon/{LexiconName}'),
    allow('polly: DescribeVoices ListLexicons PutLexicon SynthesizeSpeech', 'polly:lexicon/*'),
  ],
  RekognitionDetectOnlyPolicy: [allow('rekognition: DetectFaces DetectLabels DetectModerationLabels DetectText', '*')],
  RekognitionFacesManagementPolicy: [
    allow(
      'rekognition: IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces',
      'rekognition:collection/{CollectionId}',
    ),
  ],
  RekognitionFacesPolicy: [allow('rekognition: CompareFaces DetectFaces', '*')],
  RekognitionLabelsPolicy: [allow('rekognition: DetectLabels DetectModerationLabels', '*')],
  RekognitionNoDataAccessPolicy: [
    allow(
      'rekognition: CompareFaces DetectFaces DetectLabels DetectModerationLabels',
      'rekognition:collection/{CollectionId}',
    ),
  ],
  RekognitionReadPolicy: [
    allow(
      'rekognition: ListCollections ListFaces SearchFaces SearchFacesByImage',
      'rekognition:collection/{CollectionId}',
    ),
  ],
  RekognitionWriteOnlyAccessPolicy: [
    allow('rekognition: CreateCollection IndexFaces', 'rekognition:collection/{CollectionId}'),
  ],
  SageMakerCreateEndpointConfigPolicy: [
    allow('sagemaker: CreateEndpointConfig', 'sagemaker:endpoint-config/{EndpointConfigName}'),
  ],
  SageMakerCreateEndpointPolicy: [allow('sagemaker: CreateEndpoint', 'sagemaker:endpoint/{EndpointName}')],
  TextractDetectAnalyzePolicy: [
    allow('textract: DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument', '*'),
  ],
  TextractGetResultPolicy: [allow('textract: GetDocumentTextDetection GetDocumentAnalysis', '*')],
  TextractPolicy: [allow('textract: *', '*')],
};
