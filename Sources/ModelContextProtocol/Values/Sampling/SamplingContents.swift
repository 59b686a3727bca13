package import JSONSchema

/// The pieces of one message: written as one block where it was one, and as a list otherwise.
package struct SamplingContents: MessageValue {
    package var blocks: [SamplingContent] {
        didSet { if blocks.count != 1 { isList = true } }
    }
    private var isList: Bool

    package init(_ blocks: [SamplingContent]) {
        self.blocks = blocks
        isList = blocks.count != 1
    }

    package init(json: JSONValue) throws(MalformedValue) {
        guard case .array(let elements) = json else {
            blocks = [try SamplingContent(json: json)]
            isList = false
            return
        }
        var blocks: [SamplingContent] = []
        blocks.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do { blocks.append(try SamplingContent(json: element)) } catch { throw error.within("\(index)") }
        }
        self.blocks = blocks
        isList = true
    }

    package var json: JSONValue {
        if !isList, let only = blocks.first { only.json } else { blocks.json }
    }
}
