import Because

/// A ledger as text, what it is verified with, and what both implementations must find.
struct LedgerVector: Sendable {
    /// A finding, as `code` or `code@entry`; a notice ends in `?`.
    typealias Expectation = String

    /// What it is, or its lie.
    let name: String
    /// The rows that it is made of: a vector's name, without `.sql`.
    var base: String?
    /// Statements: all rows, or what is changed in those of the base.
    var sql: String
    var key: String?
    /// The bytes of the `head` file, as a note.
    var head: String?
    /// The vector that lies in the folder `previous`.
    var previous: String?
    let findings: [Expectation]

    init(
        _ name: String, base: String? = nil, _ sql: String, key: String? = nil, head: String? = nil,
        previous: String? = nil, finds findings: [Expectation] = []
    ) {
        self.name = name
        self.base = base
        self.sql = sql
        self.key = key
        self.head = head
        self.previous = previous
        self.findings = findings.sorted()
    }

    /// The exit status that follows: a notice breaks nothing.
    var status: Int { findings.contains { !$0.hasSuffix("?") } ? 2 : 0 }

    /// The aspects whose verdict is `broken`.
    var broken: [String] {
        let codes = findings.filter { !$0.hasSuffix("?") }.map { $0.prefix { $0 != "@" } }
        return Set(codes.map { brokenAspect(ofCode: String($0)).rawValue }).sorted()
    }

    var file: String { "ledgers/\(name).sql" }

    var text: String {
        let lines = [base.map { "-- changes \($0).sql" }, previous.map { "-- continues \($0).sql" }].compactMap(\.self)
        return (lines + [sql]).joined(separator: "\n")
    }

    var json: JSON {
        var object: JSONObject = [
            "name": .string(name), "kind": "ledger", "file": .string(file), "exit_status": .integer(Int64(status)),
            "broken": .array(broken.map { .string($0) }), "findings": .array(findings.map { .string($0) }),
        ]
        object["base"] = base.map { .string("ledgers/\($0).sql") }
        object["previous"] = previous.map { .string("ledgers/\($0).sql") }
        object["key"] = key.map(JSON.string)
        object["head"] = head.map(JSON.string)
        return .object(object)
    }

    /// Makes the folder of the ledger.
    func build(in folder: String, among all: [LedgerVector]) throws {
        let rows = all.first { $0.name == base }?.sql
        try SQLText.build(rows ?? sql, lie: rows == nil ? "" : sql, in: folder)
        if let head { try write(head, to: "\(folder)/head") }
        if let earlier = all.first(where: { $0.name == previous }) {
            try earlier.build(in: try makeFolder("\(folder)/previous"), among: all)
        }
    }
}

/// Changes one piece of an entry's text.
func rewrite(_ number: Int, _ old: String, _ new: String) -> String {
    "UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '\(old)', '\(new)') AS BLOB) WHERE n = \(number);\n"
}
