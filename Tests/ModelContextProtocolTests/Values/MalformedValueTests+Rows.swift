extension MalformedValueTests {
    static let rows: [Row] = [
        Row("Implementation", #"{"name": "a"}"#, "version", "is missing"),
        Row("Implementation", #"{"name": null, "version": "1"}"#, "name", "is missing"),
        Row(
            "ClientCapabilities",
            #"{"sampling": {"tools": true}}"#,
            "sampling/tools",
            "must be an object, not boolean"
        ),
        Row("ClientCapabilities", #"{"elicitation": {"url": []}}"#, "elicitation/url", "must be an object, not array"),
        Row(
            "ServerCapabilities",
            #"{"tools": {"listChanged": 1}}"#,
            "tools/listChanged",
            "must be true or false, not integer"
        ),
        Row(
            "ServerCapabilities",
            #"{"resources": {"subscribe": ""}}"#,
            "resources/subscribe",
            "must be true or false, not string"
        ),
        Row(
            "DiscoverResult",
            #"{"supportedVersions": [1], "capabilities": {}}"#,
            "supportedVersions",
            "must be a list of strings, not array"
        ),
        Row(
            "DiscoverResult",
            #"{"supportedVersions": [], "capabilities": {}, "ttlMs": 1.5, "cacheScope": "public"}"#,
            "ttlMs",
            "must be a whole number, not number"
        ),
        Row(
            "ListToolsResult",
            #"{"tools": [], "ttlMs": 1, "cacheScope": "world"}"#,
            "cacheScope",
            "must be one of public, private"
        ),
        Row("ListToolsResult", #"{"tools": {}}"#, "tools", "must be a list, not object"),
        Row(
            "ListToolsResult",
            #"{"tools": [{"name": "a", "inputSchema": {}}, {"name": "b"}]}"#,
            "tools/1/inputSchema",
            "is missing"
        ),
        Row("ListToolsResult", #"{"tools": [null]}"#, "tools/0", "a tool must be an object, not null"),
        Row(
            "ListToolsResult",
            #"{"tools": [{"name": "a", "inputSchema": {}, "annotations": {"readOnlyHint": "no"}}]}"#,
            "tools/0/annotations/readOnlyHint",
            "must be true or false, not string"
        ),
        Row(
            "ListPromptsResult",
            #"{"prompts": [{"name": "a", "arguments": [{}]}]}"#,
            "prompts/0/arguments/0/name",
            "is missing"
        ),
        Row(
            "ListResourcesResult",
            #"{"resources": [{"uri": "a:", "name": "a", "size": "3"}]}"#,
            "resources/0/size",
            "must be a whole number, not string"
        ),
        Row(
            "ListResourcesResult",
            #"{"resources": [{"uri": "a:", "name": "a", "annotations": {"audience": ["all"]}}]}"#,
            "resources/0/annotations/audience/0",
            "must be one of user, assistant"
        ),
        Row(
            "ListResourceTemplatesResult",
            #"{"resourceTemplates": [{"name": "a"}]}"#,
            "resourceTemplates/0/uriTemplate",
            "is missing"
        ),
        Row(
            "ReadResourceResult",
            #"{"contents": [{"uri": "a:"}]}"#,
            "contents/0",
            "the contents of a resource must have text or blob"
        ),
        Row(
            "ReadResourceResult",
            #"{"contents": [{"uri": "a:", "blob": [0]}]}"#,
            "contents/0/blob",
            "must be a string, not array"
        ),
        Row(
            "CallToolRequestParams",
            #"{"name": "a", "arguments": "{}"}"#,
            "arguments",
            "must be an object, not string"
        ),
        Row(
            "CallToolRequestParams",
            #"{"name": "a", "inputResponses": {"b": {}}}"#,
            "inputResponses/b",
            "an answer to a request for input must have action, roots or model"
        ),
        Row(
            "CallToolRequestParams",
            #"{"name": "a", "inputResponses": {"b": {"action": "maybe"}}}"#,
            "inputResponses/b/action",
            "must be one of accept, decline, cancel"
        ),
        Row(
            "CallToolRequestParams",
            #"{"name": "a", "requestState": {}}"#,
            "requestState",
            "must be a string, not object"
        ),
        Row("CallToolResult", #"{"content": [{"text": "a"}]}"#, "content/0/type", "is missing"),
        Row("CallToolResult", #"{"content": [{"type": "text"}]}"#, "content/0/text", "is missing"),
        Row("CallToolResult", #"{"content": [{"type": 1}]}"#, "content/0/type", "must be a string, not integer"),
        Row("CallToolResult", #"{"content": [{"type": "image", "data": "A"}]}"#, "content/0/mimeType", "is missing"),
        Row(
            "CallToolResult",
            #"{"content": [{"type": "resource_link", "uri": "a:"}]}"#,
            "content/0/name",
            "is missing"
        ),
        Row(
            "CallToolResult",
            #"{"content": [{"type": "resource", "resource": {"uri": 1}}]}"#,
            "content/0/resource/uri",
            "must be a string, not integer"
        ),
        Row("CallToolResult", #"{"content": [], "isError": "false"}"#, "isError", "must be true or false, not string"),
        Row("TextContent", #"{"type": "image", "text": "a"}"#, "type", "must be \"text\""),
        Row(
            "GetPromptRequestParams",
            #"{"name": "a", "arguments": {"b": 1}}"#,
            "arguments/b",
            "must be a string, not integer"
        ),
        Row(
            "GetPromptResult",
            #"{"messages": [{"role": "system", "content": {"type": "text", "text": "a"}}]}"#,
            "messages/0/role",
            "must be one of user, assistant"
        ),
        Row(
            "GetPromptResult",
            #"{"messages": [{"role": "user", "content": []}]}"#,
            "messages/0/content",
            "a block of content must be an object, not array"
        ),
        Row(
            "ElicitRequest",
            #"{"method": "elicitation/make", "params": {}}"#,
            "method",
            "must be \"elicitation/create\""
        ),
        Row(
            "ElicitRequest",
            #"{"method": "elicitation/create", "params": {"mode": "voice"}}"#,
            "params/mode",
            "must be one of form, url"
        ),
        Row(
            "ElicitRequest",
            #"{"method": "elicitation/create", "params": {"mode": "url", "message": "a"}}"#,
            "params/url",
            "is missing"
        ),
        Row(
            "ElicitRequestFormParams",
            #"{"message": "a", "requestedSchema": {"type": "array", "properties": {}}}"#,
            "requestedSchema/type",
            "must be \"object\""
        ),
        Row(
            "ElicitRequestFormParams",
            #"{"message": "a", "requestedSchema": {"type": "object", "properties": {"b": {"type": "string", "maxLength": "9"}}}}"#,
            "requestedSchema/properties/b/maxLength",
            "must be a whole number, not string"
        ),
        Row(
            "ElicitRequestFormParams",
            #"{"message": "a", "requestedSchema": {"type": "object", "properties": {"b": {"type": "string", "oneOf": [{"const": "c"}]}}}}"#,
            "requestedSchema/properties/b/oneOf/0/title",
            "is missing"
        ),
        Row(
            "ElicitRequestFormParams",
            #"{"message": "a", "requestedSchema": {"type": "object", "properties": {"b": {"type": "array", "items": {"type": "string"}}}}}"#,
            "requestedSchema/properties/b/items/enum",
            "is missing"
        ),
        Row(
            "ElicitRequestFormParams",
            #"{"message": "a", "requestedSchema": {"type": "object", "properties": {"b": {"type": "number", "minimum": "0"}}}}"#,
            "requestedSchema/properties/b/minimum",
            "must be a number, not string"
        ),
        Row("InputRequiredResult", #"{"resultType": "complete"}"#, "resultType", "must be \"input_required\""),
        Row(
            "InputRequiredResult",
            #"{"resultType": "input_required", "inputRequests": {"a": {"method": "ping"}}}"#,
            "inputRequests/a/method",
            "must be one of elicitation/create, sampling/createMessage, roots/list"
        ),
        Row(
            "InputRequests",
            #"{"a": {"method": "sampling/createMessage", "params": {"messages": []}}}"#,
            "a/params/maxTokens",
            "is missing"
        ),
        Row("InputResponses", #"{"a": {"roots": [{"name": "b"}]}}"#, "a/roots/0/uri", "is missing"),
        Row(
            "CreateMessageResult",
            #"{"role": "assistant", "model": "a", "content": [{"type": "tool_use", "id": "1", "name": "b", "input": []}]}"#,
            "content/0/input",
            "must be an object, not array"
        ),
        Row(
            "SamplingMessage",
            #"{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "tool_result", "toolUseId": "1", "content": [{}]}]}"#,
            "content/1/content/0/type",
            "is missing"
        ),
        Row(
            "CreateMessageRequestParams",
            #"{"messages": [], "maxTokens": 1, "toolChoice": {"mode": "any"}}"#,
            "toolChoice/mode",
            "must be one of auto, required, none"
        ),
        Row(
            "CreateMessageRequestParams",
            #"{"messages": [], "maxTokens": 1, "modelPreferences": {"hints": [{"name": 1}]}}"#,
            "modelPreferences/hints/0/name",
            "must be a string, not integer"
        ),
        Row(
            "CompleteRequestParams",
            #"{"ref": {"type": "ref/tool", "name": "a"}, "argument": {"name": "b", "value": ""}}"#,
            "ref/type",
            "must be one of ref/prompt, ref/resource"
        ),
        Row(
            "CompleteRequestParams",
            #"{"ref": {"type": "ref/prompt", "name": "a"}, "argument": {"name": "b"}}"#,
            "argument/value",
            "is missing"
        ),
        Row(
            "CompleteResult",
            #"{"completion": {"values": "a"}}"#,
            "completion/values",
            "must be a list of strings, not string"
        ),
        Row(
            "ProgressNotificationParams",
            #"{"progressToken": 1.5, "progress": 1}"#,
            "progressToken",
            "must be a whole number"
        ),
        Row(
            "ProgressNotificationParams",
            #"{"progressToken": 1, "progress": "half"}"#,
            "progress",
            "must be a number, not string"
        ),
        Row(
            "CancelledNotificationParams",
            #"{"requestId": {}}"#,
            "requestId",
            "must be a text or a whole number, not object"
        ),
        Row(
            "LoggingMessageNotificationParams",
            #"{"level": "loud", "data": 1}"#,
            "level",
            "must be one of debug, info, notice, warning, error, critical, alert, emergency"
        ),
        Row(
            "SubscriptionsListenRequestParams",
            #"{"notifications": {"resourceSubscriptions": "a:"}}"#,
            "notifications/resourceSubscriptions",
            "must be a list of strings, not string"
        ),
        Row("CreateTaskResult", #"{"resultType": "complete", "taskId": "1"}"#, "resultType", "must be \"task\""),
        Row(
            "DetailedTask",
            #"{"taskId": "1", "status": "done", "createdAt": "a", "lastUpdatedAt": "b"}"#,
            "status",
            "must be one of working, input_required, completed, cancelled, failed"
        ),
        Row(
            "DetailedTask",
            #"{"taskId": "1", "status": "completed", "createdAt": "a", "lastUpdatedAt": "b"}"#,
            "result",
            "is missing"
        ),
        Row(
            "DetailedTask",
            #"{"taskId": "1", "status": "failed", "createdAt": "a", "lastUpdatedAt": "b", "error": {"message": "c"}}"#,
            "error/code",
            "is missing"
        ),
        Row("UpdateTaskRequestParams", #"{"taskId": "1"}"#, "inputResponses", "is missing"),
    ]
}
