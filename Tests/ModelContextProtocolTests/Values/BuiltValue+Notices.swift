import JSONSchema
import ModelContextProtocol

extension BuiltValue {
    static let notices: [BuiltValue] =
        [
            BuiltValue(
                "ProgressNotificationParams",
                ProgressParams(progressToken: .string("a"), progress: 0.5, total: 1, message: "Half.")
            ),
            BuiltValue("ProgressNotificationParams", ProgressParams(progressToken: .integer(7), progress: 3)),
            BuiltValue("CancelledNotificationParams", CancelledParams(requestID: .integer(7), reason: "Too slow.")),
            BuiltValue("CancelledNotificationParams", in: [.legacy], CancelledParams(requestID: nil)),
            BuiltValue("ResourceUpdatedNotificationParams", ResourceURIParams(uri: "skill://a")),
            BuiltValue("SubscribeRequestParams", in: [.legacy], ResourceURIParams(uri: "skill://a")),
            BuiltValue("SetLevelRequestParams", in: [.legacy], SetLevelParams(level: .notice)),
            BuiltValue(
                "SubscriptionFilter",
                in: [.modern],
                SubscriptionFilter(
                    toolsListChanged: true,
                    promptsListChanged: false,
                    resourcesListChanged: true,
                    resourceSubscriptions: ["skill://a"],
                    taskIDs: ["1"]
                )
            ),
            BuiltValue(
                "SubscriptionsListenRequestParams",
                in: [.modern],
                SubscriptionParams(SubscriptionFilter(toolsListChanged: true))
            ),
            BuiltValue(
                "SubscriptionsAcknowledgedNotificationParams",
                in: [.modern],
                SubscriptionParams(SubscriptionFilter())
            ),
        ]
        + LogLevel.allCases.map {
            BuiltValue("LoggingMessageNotificationParams", LogMessageParams(level: $0, logger: "db", data: ["a": 1]))
        }
}
