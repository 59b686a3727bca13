package import LanguageModels

/// The replies of an offline batch, from the files a model's answers were written to.
package struct ReplyFiles: Sendable {
    package private(set) var batch = ReplyBatch()
    /// `file:line: …` for replies that were left out.
    package private(set) var warnings: [String] = []
    /// The model that answered, where all replies name the same.
    package let model: String?
    /// Changes whenever a reply does.
    package let fingerprint: Fingerprint

    /// Reads every line of every file before any work.
    ///
    /// - Parameter known: Ids that prompts were written for.
    /// - Throws: The fault of the first malformed line.
    package init(_ files: [String], known: Set<String>) throws(DataFault) {
        var models: Set<String> = []
        var content: [UInt8] = []
        for file in files {
            let text = try DataFile.readText(file)
            content += text.utf8
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
                let reply: ReplyRecord
                do {
                    reply = try ReplyRecord(line: String(line))
                } catch {
                    throw DataFault(.malformed, file: file, line: index + 1, error.description)
                }
                let place = "\(file):\(index + 1): \(reply.id)"
                if !known.contains(reply.id) {
                    warnings.append("\(place): no request has this id; the reply is left out")
                } else if !batch.add(reply) {
                    warnings.append("\(place): a second reply to round \(reply.round); it is left out")
                } else {
                    models.insert(reply.model ?? "")
                }
            }
        }
        fingerprint = Fingerprint(of: content)
        model = models.count == 1 ? models.first.flatMap { $0.isEmpty ? nil : $0 } : nil
    }
}
