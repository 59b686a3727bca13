package import LanguageModels

/// What somebody's own servers cost and how they do, before and after they stand behind one gateway.
package struct ImportReport: Sendable, Hashable {
    /// One server of the configuration.
    package struct Server: Sendable, Hashable {
        package enum State: String, Sendable, Hashable {
            case ready, slow, failing, disabled
            /// Its entry in the configuration cannot be used.
            case unreadable
        }

        package var name: String
        package var state: State
        package var tools: Int
        /// What its tools take of every request.
        package var tokens: Int
        package var startTime: Duration?
        /// Why it is failing or unreadable.
        package var reason: String?
    }

    /// Tools of several servers that do the same, as far as names and words tell.
    package struct Duplicates: Sendable, Hashable {
        /// `server.tool` of each.
        package var tools: [String]
        /// They have one name, so that a client must rename them or loses one.
        package var haveOneName: Bool

        package init(tools: [String], haveOneName: Bool) {
            self.tools = tools
            self.haveOneName = haveOneName
        }
    }

    /// A tool that no model can be expected to call.
    package struct DeadTool: Sendable, Hashable {
        /// `server.tool`.
        package var tool: String
        package var reason: String
    }

    /// A request of the kind these servers are for, and what it is routed to.
    package struct SampleRoute: Sendable, Hashable {
        package struct Step: Sendable, Hashable {
            package var text: String
            /// `server.tool`; nil where nothing fits.
            package var tool: String?

            package init(text: String, tool: String?) {
                self.text = text
                self.tool = tool
            }
        }

        package var request: String
        package var steps: [Step]

        package init(request: String, steps: [Step]) {
            self.request = request
            self.steps = steps
        }
    }

    /// Tokens of the tools in every request: all of them, as the client sends them now.
    package var tokensBefore: Int
    /// The gateway's own tools, which take their place.
    package var tokensAfter: Int
    package var tokenSource: TokenUsage.Source
    package var servers: [Server]
    package var duplicates: [Duplicates]
    package var dead: [DeadTool]
    package var routes: [SampleRoute]

    package var tools: Int { servers.reduce(0) { $0 + $1.tools } }

    /// The share of tokens that is saved, 0…1; negative where so few tools cost less than the gateway's own.
    package var saved: Double { tokensBefore == 0 ? 0 : 1 - Double(tokensAfter) / Double(tokensBefore) }
}
