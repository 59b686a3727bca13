/// Names with their values, each name once, in the order of the names.
package struct Attributes: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    package struct Item: Sendable, Hashable {
        package let key: AttributeKey
        package fileprivate(set) var value: AttributeValue
    }

    package private(set) var items: [Item] = []

    package init() {}

    /// What has no value is left out; of two values of one name the later counts.
    package init(dictionaryLiteral elements: (AttributeKey, AttributeValue?)...) {
        items.reserveCapacity(elements.count)
        for (key, value) in elements where value != nil { self[key] = value }
    }

    package var isEmpty: Bool { items.isEmpty }
    package var count: Int { items.count }

    /// The value of a name; setting nil removes it.
    package subscript(key: AttributeKey) -> AttributeValue? {
        get { items.first { $0.key == key }?.value }
        set {
            let index = items.firstIndex { $0.key >= key } ?? items.endIndex
            let isThere = index < items.endIndex && items[index].key == key
            switch (newValue, isThere) {
            case (let value?, true): items[index].value = value
            case (let value?, false): items.insert(Item(key: key, value: value), at: index)
            case (nil, true): items.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// Takes over what `other` says, also where this says otherwise.
    package mutating func merge(_ other: Attributes) {
        if items.isEmpty {
            items = other.items
        } else {
            for item in other.items { self[item.key] = item.value }
        }
    }

    package func merging(_ other: Attributes) -> Attributes {
        var merged = self
        merged.merge(other)
        return merged
    }

    /// Every text changed; names stay.
    func mapTexts(_ change: (String) -> String) -> Attributes {
        var changed = self
        for index in changed.items.indices { changed.items[index].value = changed.items[index].value.mapTexts(change) }
        return changed
    }
}
