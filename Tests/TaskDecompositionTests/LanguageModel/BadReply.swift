import LanguageModels
import Testing

/// An answer that no plan can be made of, by the name of what is wrong about it.
struct BadReply: Sendable, CustomTestStringConvertible {
    var name: String
    var reply: ScriptedReply
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ reason: FinishReason = .stop) {
        self.name = name
        reply = .text(text, reason)
    }

    static let all: [BadReply] = [
        BadReply("nothing", ""),
        BadReply("white space", " \n\t "),
        BadReply("thoughts only", "<think>They want a chart, so", .length),
        BadReply("one byte", "x"),
        BadReply("one bracket", "["),
        BadReply("prose", "Sure! First I would look for the data, and after that one could think about a chart."),
        BadReply("an error page", "<html><body><h1>502 Bad Gateway</h1></body></html>"),
        BadReply("half a list", #"["Download the dataset", "Transform the da"#, .length),
        BadReply("half a plan", #"{"steps": [{"text": "Download the dataset", "quote": "Download the dat"#, .length),
        BadReply("an empty list", "[]"),
        BadReply("an empty plan", #"{"steps": []}"#),
        BadReply("numbers", "[1, 2, 3]"),
        BadReply("500 steps", "[" + (1...500).map { "\"Download dataset \($0)\"" }.joined(separator: ",") + "]"),
        BadReply("a refusal", "I'm sorry, but I can't help with that."),
        BadReply("a refusal in a list", #"["I'm sorry, I cannot help with this request."]"#),
        BadReply("withheld", "", .contentFilter),
        BadReply("Chinese", #"["下载数据集", "转换数据", "创建可视化报告"]"#),
        BadReply("brackets without end", String(repeating: "[{", count: 5_000)),
        BadReply("control characters", "\u{0}\u{1}\u{FFFD}"),
    ]
}
