import TaskDecomposition
import Testing

/// Bytes of a model with one tree, as the format has them.
private struct ModelBytes {
    var mark = Array("SWSH".utf8)
    var version: UInt16 = 1
    var features = UInt16(SegmentFeatures.count)
    var numbers: [Float] = [0.5, -0.25]
    var slope: Float = 0
    var nodes: [(UInt16, UInt16, UInt16, Float)] = [
        (0, 1, 2, 0.5), (0xFFFF, 0, 0, -1), (0xFFFF, 0, 0, 2),
    ]

    var bytes: [UInt8] {
        var bytes = mark
        func add(_ value: UInt16) { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } }
        func add(_ value: Float) { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
        for value in [version, features, 1] { add(value) }
        for number in numbers { add(number) }
        for index in 0..<Int(features) { add(index == 1 ? slope : Float(0)) }
        add(UInt16(nodes.count))
        for node in nodes {
            for value in [node.0, node.1, node.2] { add(value) }
            add(node.3)
        }
        return bytes
    }
}

@Suite("A step-head model")
struct StepHeadModelTests {
    @Test("averages the probabilities of its trees and of its regression")
    func average() throws {
        var file = ModelBytes()
        file.slope = 2
        let model = try StepHeadModel(bytes: file.bytes)
        var row = [Float](repeating: 0, count: SegmentFeatures.count)
        row[0] = 0.5
        row[1] = 1
        // The tree answers -1 up to its threshold; its odds are 0.5 - 1, those of the regression -0.25 + 2.
        #expect(abs(model.probabilities([row])[0] - (0.377_540_7 + 0.851_952_8) / 2) < 1e-6)
        row[0] = 0.51
        #expect(abs(model.probabilities([row])[0] - (0.924_141_8 + 0.851_952_8) / 2) < 1e-6)
    }

    @Test("comes with the program")
    func builtIn() throws {
        let model = try #require(StepHeadModel.builtIn)
        let row = [Float](repeating: 0, count: SegmentFeatures.count)
        #expect((0...1).contains(model.probabilities([row])[0]))
    }

    @Test("is refused when its file ends early or goes on")
    func sizes() {
        let bytes = ModelBytes().bytes
        for length in [4, 9, 20, bytes.count - 1] {
            #expect(throws: StepHeadModelError.wrongSize(bytes: length)) {
                try StepHeadModel(bytes: Array(bytes.prefix(length)))
            }
        }
        #expect(throws: StepHeadModelError.wrongSize(bytes: bytes.count + 1)) {
            try StepHeadModel(bytes: bytes + [0])
        }
        #expect(throws: StepHeadModelError.notAModel) { try StepHeadModel(bytes: []) }
        #expect(throws: StepHeadModelError.notAModel) { try StepHeadModel(bytes: Array("{\"trees\": []}".utf8)) }
    }

    @Test("is refused when it is of another version, or for other features")
    func versions() {
        var file = ModelBytes()
        file.version = 2
        #expect(throws: StepHeadModelError.unknownVersion(2)) { try StepHeadModel(bytes: file.bytes) }
        file = ModelBytes()
        file.features = 7
        #expect(throws: StepHeadModelError.otherFeatures(count: 7, expected: SegmentFeatures.count)) {
            try StepHeadModel(bytes: file.bytes)
        }
    }

    @Test("is refused with numbers that nobody can have learned", arguments: [Float.nan, .infinity, -.infinity, 1e30])
    func numbers(number: Float) {
        var file = ModelBytes()
        file.numbers[1] = number
        #expect(throws: StepHeadModelError.badNumber) { try StepHeadModel(bytes: file.bytes) }
        file = ModelBytes()
        file.slope = number
        #expect(throws: StepHeadModelError.badNumber) { try StepHeadModel(bytes: file.bytes) }
        file = ModelBytes()
        file.nodes[1].3 = number
        #expect(throws: StepHeadModelError.badNumber) { try StepHeadModel(bytes: file.bytes) }
    }

    @Test("is refused when a tree leads nowhere, in a circle, or asks about nothing there is")
    func trees() {
        let broken: [(UInt16, UInt16, UInt16, Float)] = [(0, 0, 2, 0), (0, 1, 1000, 0), (0, 1, 3, 0), (5000, 1, 2, 0)]
        for root in broken {
            var file = ModelBytes()
            file.nodes[0] = root
            #expect(throws: StepHeadModelError.badTree(0)) { try StepHeadModel(bytes: file.bytes) }
        }
        var file = ModelBytes()
        file.nodes = []
        #expect(throws: StepHeadModelError.badTree(0)) { try StepHeadModel(bytes: file.bytes) }
    }
}
