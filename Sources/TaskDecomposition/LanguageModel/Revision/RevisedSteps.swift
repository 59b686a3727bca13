import JSONSchema
import LanguageModels

/// The steps of an answer while what can be put right about them is.
struct RevisedSteps {
    struct Item: Sendable, Hashable {
        var text: String
        var quote: String
        /// The library's id of the skill that was picked.
        var skill: String?
        /// Positions of the steps it depends on; nil where the answer does not say.
        var dependsOn: [Int]?
    }

    private(set) var items: [Item] = []
    private(set) var remarks: [String] = []

    var isEmpty: Bool { items.isEmpty }
    var count: Int { items.count }
    var texts: [String] { items.map(\.text) }
    var onlyText: String? { items.count == 1 ? items[0].text : nil }

    /// Reads the elements that say what to do; skills that were not shown and dependencies that lead nowhere are left out
    /// and said.
    init(_ elements: [JSONValue], skills: SkillNameTable) {
        let readable = elements.indices.filter { StepText.text(of: elements[$0]) != nil }
        if readable.count < elements.count {
            remarks.append("\(elements.count - readable.count) elements of the model's list say nothing to do")
        }
        let places = Dictionary(readable.enumerated().map { ($1, $0) }) { first, _ in first }
        let isZeroBased = Self.countsFromZero(elements)
        var unknown: [String] = []
        var misled = 0
        for place in readable {
            let element = elements[place]
            guard let text = StepText.text(of: element) else { continue }
            let name = ["skill", "skill_name", "tool"].lazy.compactMap { element[$0]?.stringValue }.first
            let skill = name.flatMap(skills.skill)
            if let name, skill == nil, !name.isEmpty { unknown.append(PromptText.skillName(name)) }
            var dependsOn: [Int]?
            if let list = element["depends_on"]?.arrayValue {
                let named = list.compactMap { Self.number($0).map { isZeroBased ? $0 : $0 - 1 } }
                let known = Set(named.compactMap { places[$0] }).subtracting([items.count])
                misled += list.count - known.count
                dependsOn = known.sorted()
            }
            let quote = element["quote"]?.stringValue ?? ""
            items.append(Item(text: text, quote: quote, skill: skill, dependsOn: dependsOn))
        }
        if let first = unknown.first {
            let more = unknown.count > 1 ? " and \(unknown.count - 1) more" : ""
            remarks.append("the model named skills that it was not shown: \"\(first)\"\(more)")
        }
        if misled > 0 { remarks.append("\(misled) dependencies of the model lead nowhere; they are left out") }
        openCircles()
    }

    /// Leaves out steps that say the same, and those that the same skill does with the same words of the request.
    mutating func dropRepetitions() {
        var kept: [Item] = []
        var places: [Int] = []
        for item in items {
            if let same = kept.firstIndex(where: { Self.repeats($0, item) }) {
                places.append(same)
            } else {
                places.append(kept.count)
                kept.append(item)
            }
        }
        guard kept.count < items.count else { return }
        remarks.append("the model listed \(items.count - kept.count) steps twice")
        for (place, item) in kept.enumerated() {
            kept[place].dependsOn = item.dependsOn.map { Set($0.map { places[$0] }).subtracting([place]).sorted() }
        }
        items = kept
        openCircles()
    }

    private static func repeats(_ first: Item, _ second: Item) -> Bool {
        if first.text.lowercased() == second.text.lowercased() {
            return first.quote == second.quote || second.quote.isEmpty
        }
        return first.skill != nil && first.skill == second.skill && !first.quote.isEmpty && first.quote == second.quote
    }

    /// Leaves out the dependencies that close circles, the later ones of each.
    private mutating func openCircles() {
        var closing = 0
        for place in items.indices {
            guard let wanted = items[place].dependsOn else { continue }
            items[place].dependsOn = []
            for earlier in wanted {
                if reaches(earlier, place) { closing += 1 } else { items[place].dependsOn?.append(earlier) }
            }
        }
        if closing > 0 { remarks.append("the model's dependencies run in a circle; \(closing) are left out") }
    }

    /// Whether a step depends on another, directly or through others; steps not looked at yet count as they stand.
    private func reaches(_ start: Int, _ goal: Int) -> Bool {
        var seen: Set<Int> = []
        var open = [start]
        while let place = open.popLast() {
            if place == goal { return true }
            guard seen.insert(place).inserted else { continue }
            open += items[place].dependsOn ?? []
        }
        return false
    }

    /// `3`, `"3"`, `"s3"` and `"step 3"` name the third step.
    private static func number(_ value: JSONValue) -> Int? {
        if let number = value.intValue { return number }
        guard let text = value.stringValue else { return nil }
        return Int(text.drop { !$0.isNumber }.prefix { $0.isNumber })
    }

    /// Some models count from 0 whatever they are told: then the first step is named 0, and the last one never.
    private static func countsFromZero(_ elements: [JSONValue]) -> Bool {
        let named = elements.flatMap { ($0["depends_on"]?.arrayValue ?? []).compactMap(number) }
        return named.contains(0) && !named.contains(elements.count)
    }
}
