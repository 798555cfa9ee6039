/**
 * AWS's managed policies by the path of their ARNs; the others have none. `Policies` names them without it. Those of
 * service-linked roles can be attached to no role of a template.
 */
const serviceRole =
  'AWSAppRunnerServicePolicyForECRAccess AWSAppSyncPushToCloudWatchLogs ' +
  'AWSApplicationMigrationAgentPolicy_v2 AWSApplicationMigrationConversionServerPolicy ' +
  'AWSApplicationMigrationMGHAccess AWSApplicationMigrationReplicationServerPolicy ' +
  'AWSArtifactAccountSync AWSBackupGatewayServiceRolePolicyForVirtualMachineMetadataSync ' +
  'AWSBackupServiceRolePolicyForBackup AWSBackupServiceRolePolicyForRestores ' +
  'AWSBatchServiceEventTargetRole AWSBatchServiceRole AWSCloudHSMRole AWSCodeDeployRole ' +
  'AWSCodeDeployRoleForCloudFormation AWSCodeDeployRoleForLambda AWSCodeDeployRoleForLambdaLimited ' +
  'AWSCodeStarServiceRole AWSConfigRole AWSConfigRoleForOrganizations AWSConfigRulesExecutionRole ' +
  'AWSControlTowerServiceRolePolicy AWSCostAndUsageReportAutomationPolicy ' +
  'AWSDataLifecycleManagerSSMFullAccess AWSDataLifecycleManagerServiceRole ' +
  'AWSDataLifecycleManagerServiceRoleForAMIManagement AWSDataPipelineRole AWSDeepLensServiceRolePolicy ' +
  'AWSDeepRacerServiceRolePolicy AWSElasticBeanstalkEnhancedHealth AWSElasticBeanstalkRoleCWL ' +
  'AWSElasticBeanstalkRoleCore AWSElasticBeanstalkRoleECS AWSElasticBeanstalkRoleRDS ' +
  'AWSElasticBeanstalkRoleSNS AWSElasticBeanstalkRoleWorkerTier AWSElasticBeanstalkService ' +
  'AWSElasticDisasterRecoveryAgentPolicy AWSElasticDisasterRecoveryConversionServerPolicy ' +
  'AWSElasticDisasterRecoveryCrossAccountReplicationPolicy AWSElasticDisasterRecoveryEc2InstancePolicy ' +
  'AWSElasticDisasterRecoveryFailbackPolicy AWSElasticDisasterRecoveryNetworkReplicationPolicy ' +
  'AWSElasticDisasterRecoveryRecoveryInstancePolicy AWSElasticDisasterRecoveryReplicationServerPolicy ' +
  'AWSElasticDisasterRecoveryStagingAccountPolicy AWSElasticDisasterRecoveryStagingAccountPolicy_v2 ' +
  'AWSFaultInjectionSimulatorEC2Access AWSFaultInjectionSimulatorECSAccess ' +
  'AWSFaultInjectionSimulatorEKSAccess AWSFaultInjectionSimulatorNetworkAccess ' +
  'AWSFaultInjectionSimulatorRDSAccess AWSFaultInjectionSimulatorSSMAccess AWSGlueDataBrewServiceRole ' +
  'AWSGlueServiceNotebookRole AWSGlueServiceRole AWSGreengrassResourceAccessRolePolicy ' +
  'AWSIoTDeviceDefenderAddThingsToThingGroupMitigationAction AWSIoTDeviceDefenderAudit ' +
  'AWSIoTDeviceDefenderEnableIoTLoggingMitigationAction ' +
  'AWSIoTDeviceDefenderPublishFindingsToSNSMitigationAction ' +
  'AWSIoTDeviceDefenderReplaceDefaultPolicyMitigationAction ' +
  'AWSIoTDeviceDefenderUpdateCACertMitigationAction AWSIoTDeviceDefenderUpdateDeviceCertMitigationAction ' +
  'AWSIoTFleetHubFederationAccess AWSIoTLogging AWSIoTOTAUpdate AWSIoTRuleActions ' +
  'AWSIoTSiteWiseMonitorPortalAccess AWSIoTThingsRegistration AWSLambdaBasicExecutionRole ' +
  'AWSLambdaDynamoDBExecutionRole AWSLambdaENIManagementAccess AWSLambdaKinesisExecutionRole ' +
  'AWSLambdaMSKExecutionRole AWSLambdaRole AWSLambdaSQSQueueExecutionRole ' +
  'AWSLambdaVPCAccessExecutionRole AWSLicenseManagerConsumptionPolicy AWSMSKReplicatorExecutionRole ' +
  'AWSMigrationHubDMSAccess AWSMigrationHubDiscoveryAccess ' +
  'AWSMigrationHubRefactorSpaces-SSMAutomationPolicy AWSMigrationHubSMSAccess AWSOpsWorksCMServiceRole ' +
  'AWSPanoramaApplianceRolePolicy AWSPanoramaApplianceServiceRolePolicy ' +
  'AWSPanoramaGreengrassGroupRolePolicy AWSPanoramaSageMakerRolePolicy AWSPanoramaServiceRolePolicy ' +
  'AWSQuickSightDescribeRDS AWSQuickSightDescribeRedshift AWSQuickSightElasticsearchPolicy ' +
  'AWSQuickSightListIAM AWSQuickSightSageMakerPolicy AWSQuickSightTimestreamPolicy ' +
  'AWSQuicksightAthenaAccess AWSQuicksightOpenSearchPolicy AWSShieldDRTAccessPolicy ' +
  'AWSSupplyChainFederationAdminAccess AWSTransferLoggingAccess AWSTransferLoggingAccessV3 ' +
  'AWS_ConfigRole AmazonAPIGatewayPushToCloudWatchLogs AmazonAppStreamPCAAccess ' +
  'AmazonAppStreamServiceAccess AmazonCodeCatalystSupportAccess AmazonDMSCloudWatchLogsRole ' +
  'AmazonDMSRedshiftS3Role AmazonDMSVPCManagementRole AmazonDataZoneDomainExecutionRolePolicy ' +
  'AmazonDataZoneGlueManageAccessRolePolicy AmazonDataZoneRedshiftManageAccessRolePolicy ' +
  'AmazonEBSCSIDriverPolicy AmazonEC2ContainerServiceAutoscaleRole AmazonEC2ContainerServiceEventsRole ' +
  'AmazonEC2ContainerServiceRole AmazonEC2ContainerServiceforEC2Role AmazonEC2RoleforAWSCodeDeploy ' +
  'AmazonEC2RoleforAWSCodeDeployLimited AmazonEC2RoleforDataPipelineRole AmazonEC2RoleforSSM ' +
  'AmazonEC2SpotFleetAutoscaleRole AmazonEC2SpotFleetTaggingRole ' +
  'AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity ' +
  'AmazonECSInfrastructureRolePolicyForVolumes AmazonECSTaskExecutionRolePolicy AmazonEFSCSIDriverPolicy ' +
  'AmazonEMRServicePolicy_v2 AmazonElasticMapReduceEditorsRole AmazonElasticMapReduceRole ' +
  'AmazonElasticMapReduceforAutoScalingRole AmazonElasticMapReduceforEC2Role AmazonElasticTranscoderRole ' +
  'AmazonFreeRTOSOTAUpdate AmazonGrafanaAthenaAccess AmazonGrafanaCloudWatchAccess ' +
  'AmazonGrafanaRedshiftAccess AmazonMachineLearningRoleforRedshiftDataSourceV3 AmazonMacieHandshakeRole ' +
  'AmazonMacieServiceRole AmazonPersonalizeFullAccess AmazonRDSDirectoryServiceAccess ' +
  'AmazonRDSEnhancedMonitoringRole AmazonRekognitionServiceRole AmazonS3ObjectLambdaExecutionRolePolicy ' +
  'AmazonSNSRole AmazonSSMAutomationRole AmazonSSMMaintenanceWindowRole ' +
  'AmazonSageMakerCanvasDirectDeployAccess AmazonSageMakerCanvasForecastAccess ' +
  'AmazonSageMakerEdgeDeviceFleetPolicy AmazonSageMakerGeospatialExecutionRole ' +
  'AmazonSageMakerGeospatialFullAccess ' +
  'AmazonSageMakerPartnerServiceCatalogProductsApiGatewayServiceRolePolicy ' +
  'AmazonSageMakerPartnerServiceCatalogProductsCloudFormationServiceRolePolicy ' +
  'AmazonSageMakerPartnerServiceCatalogProductsLambdaServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsApiGatewayServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsCloudformationServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsCodePipelineServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsEventsServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsFirehoseServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsGlueServiceRolePolicy ' +
  'AmazonSageMakerServiceCatalogProductsLambdaServiceRolePolicy AmazonSecurityLakeMetastoreManager ' +
  'AmazonTextractServiceRole AmplifyBackendDeployFullAccess ' +
  'ApplicationAutoScalingForAmazonAppStreamAccess AutoScalingNotificationAccessRole ' +
  'AwsGlueSessionUserRestrictedNotebookServiceRole AwsGlueSessionUserRestrictedServiceRole ' +
  'CloudWatchEventsBuiltInTargetExecutionAccess CloudWatchEventsInvocationAccess ' +
  'ComprehendDataAccessRolePolicy EC2ImageBuilderLifecycleExecutionPolicy ' +
  'GreengrassOTAUpdateArtifactAccess QuickSightAccessForS3StorageManagementAnalyticsReadOnly ' +
  'RDSCloudHsmAuthorizationRole ROSAAmazonEBSCSIDriverOperatorPolicy ' +
  'ROSACloudNetworkConfigOperatorPolicy ROSAControlPlaneOperatorPolicy ROSAImageRegistryOperatorPolicy ' +
  'ROSAIngressOperatorPolicy ROSAInstallerPolicy ROSAKMSProviderPolicy ROSAKubeControllerPolicy ' +
  'ROSANodePoolManagementPolicy ROSASRESupportPolicy ROSAWorkerInstancePolicy ' +
  'ServerMigrationServiceLaunchRole ServerMigrationServiceRoleForInstanceValidation ' +
  'ServerMigration_ServiceRole VMImportExportRoleForAWSConnector';

const jobFunction =
  'Billing DataScientist DatabaseAdministrator NetworkAdministrator SupportUser SystemAdministrator ' +
  'ViewOnlyAccess';

const paths = new Map<string, string>([
  ...serviceRole.split(' ').map((name) => [name, 'service-role/'] as const),
  ...jobFunction.split(' ').map((name) => [name, 'job-function/'] as const),
]);

/** The end of a managed policy's ARN, from its name or from what the template already gives of its path. */
export const managedPolicyPath = (name: string): string => (paths.get(name) ?? '') + name;
