/// The start of a text that came from elsewhere, fit to be shown in a message: bounded, on one line, without controls.
package enum Excerpt {
    package static func of(_ text: String, limit: Int = 200) -> String {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(limit) {
            let isPlain = scalar.value >= 0x20 && scalar.value != 0x7F && scalar.properties.generalCategory != .format
            shown.unicodeScalars.append(isPlain && !(0x80..<0xA0).contains(scalar.value) ? scalar : " ")
        }
        return text.unicodeScalars.count > limit ? shown + "…" : shown
    }

    package static func of(_ bytes: [UInt8], limit: Int = 200) -> String {
        of(String(decoding: bytes.prefix(limit * 4), as: UTF8.self), limit: limit)
    }
}
