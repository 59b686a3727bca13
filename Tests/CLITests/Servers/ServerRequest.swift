/// A request over real servers, and the tools that should do it.
struct ServerRequest: Sendable {
    var text: String
    /// `skill.tool` of each step; where several are as good, with bars between.
    var tools: [String]

    init(_ text: String, _ tools: String...) {
        self.text = text
        self.tools = tools
    }

    func isServed(by found: [String]) -> Bool {
        found.count == tools.count
            && zip(found, tools).allSatisfy { $1.split(separator: "|").contains(Substring($0)) }
    }

    /// Those the choice among a skill's tools was looked at with.
    static let seen = [
        ServerRequest("What is the current time in New York?", "time.get_current_time"),
        ServerRequest("Convert 14:30 from London to Sydney time", "time.convert_time"),
        ServerRequest("Show the status of this repository", "git.git_status"),
        ServerRequest("Which branches are there in this repository?", "git.git_branch"),
        ServerRequest("Commit the staged changes with the message 'Fix typo'", "git.git_commit"),
        ServerRequest("Create a branch called 'feature-x'", "git.git_create_branch"),
        ServerRequest("What is staged for the next commit?", "git.git_diff_staged"),
        ServerRequest("List the tables in the database", "sqlite.list_tables"),
        ServerRequest("How many rows does the orders table have?", "sqlite.read_query"),
        ServerRequest("What columns does the table 'customers' have?", "sqlite.describe_table"),
        ServerRequest("Fetch https://example.com/news", "fetch-server.fetch"),
        ServerRequest("List the files in this folder", "files.list_directory"),
        ServerRequest("Read the file notes.txt", "files.read_text_file"),
        ServerRequest("Delete the file old.log", "files.delete_file"),
        ServerRequest(
            "Show the last five commits and tell me what time it is in Berlin",
            "git.git_log",
            "time.get_current_time"
        ),
    ]

    /// Those that were written down before and first tried when all was done: eight were right, as many as without the
    /// choice. Two mistakes they showed were mended afterwards, so that these too have been looked at.
    static let tried = [
        ServerRequest("How late is it in Sydney?", "time.get_current_time"),
        ServerRequest("If it is 09:15 in Berlin, what time is it in Singapore?", "time.convert_time"),
        ServerRequest("What did the two latest commits do?", "git.git_log"),
        ServerRequest(
            "Are there uncommitted changes in the current repository?",
            "git.git_status|git.git_diff_unstaged"
        ),
        ServerRequest("Unstage everything", "git.git_reset"),
        ServerRequest("Switch to the branch 'develop'", "git.git_checkout"),
        ServerRequest("What is in the commit 4f2a91c?", "git.git_show"),
        ServerRequest("Stage the file README.md", "git.git_add"),
        ServerRequest("Which tables does the database have?", "sqlite.list_tables"),
        ServerRequest("Delete all rows of the table logs", "sqlite.write_query"),
        ServerRequest("Create a table for invoices", "sqlite.create_table"),
        ServerRequest("What does the page https://swift.org/blog say?", "fetch-server.fetch"),
        ServerRequest("Find all files that match '*.csv' in the current directory", "files.search_files"),
        ServerRequest("How big is the file data.bin?", "files.get_file_info"),
        ServerRequest(
            "Is it already Monday in Auckland, and which files are in this directory?",
            "time.get_current_time",
            "files.list_directory"
        ),
    ]

    /// Those that were written after that and never tuned on: 12 of 15 are right, 11 were without the choice.
    static let heldOut = [
        ServerRequest("What is the local time in Cairo?", "time.get_current_time"),
        ServerRequest("What is 18:45 Paris time in Los Angeles?", "time.convert_time"),
        ServerRequest("List the ten latest commits of this repository", "git.git_log"),
        ServerRequest("Which files are staged?", "git.git_diff_staged|git.git_status"),
        ServerRequest("What have I changed but not staged yet?", "git.git_diff_unstaged|git.git_status"),
        ServerRequest("Make a new branch named 'release-2'", "git.git_create_branch"),
        ServerRequest("Show the contents of the commit 'abc1234'", "git.git_show"),
        ServerRequest("What are the differences to the branch 'main'?", "git.git_diff"),
        ServerRequest("Describe the table 'orders'", "sqlite.describe_table"),
        ServerRequest("Run the query 'SELECT count(*) FROM users'", "sqlite.read_query"),
        ServerRequest("Get the page https://example.org as markdown", "fetch-server.fetch"),
        ServerRequest("Show the directory tree of this project", "files.directory_tree"),
        ServerRequest("When was the file 'notes.txt' last modified?", "files.get_file_info"),
        ServerRequest("Rename 'a.txt' to 'b.txt'", "files.move_file"),
        ServerRequest(
            "Show the working tree status and list the tables of the database",
            "git.git_status",
            "sqlite.list_tables"
        ),
    ]
}
