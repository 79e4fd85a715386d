import Because
import LedgerSamples

/// Decisions made at random of few values, so that any query has hits, in a ledger on disk.
struct Corpus {
    static let words = ["alpha", "beta", "gamma", "delta", "NEAR", "AND", "not", "résumé"]
    static let sections = ["privacy", "honesty", "secrets"]

    /// One decision, and all that a query can ask of it.
    struct Member {
        let id: String
        var fields: [Query.Field: String] = [:]
        var citations: [(version: String, section: String, role: String)] = []
        var summary: [String] = []
        var rationale: [String] = []
        var at: Int64 = 0
        var number: UInt64 = 0

        static let authorities = ["privacy": "root", "honesty": "user", "secrets": "root"]

        init(_ number: Int, _ random: inout SplitMix) {
            id = Sample.id(number)
            fields[.outcome] = ["refuse", "comply", "act"].randomElement(using: &random)
            let choices: [(Query.Field, [String?])] = [
                (.kind, ["respond", "act", nil]), (.model, ["m-1", "m-2", nil]), (.producer, ["p/1", "p/2", nil]),
                (.session, ["s", nil]), (.trace, ["t", "T", nil]), (.subject, ["Ann", "Bob Ross", nil, nil]),
            ]
            for (field, values) in choices { fields[field] = values.randomElement(using: &random) ?? nil }
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                citations.append(
                    (
                        ["1", "2"].randomElement(using: &random) ?? "",
                        Corpus.sections.randomElement(using: &random) ?? "",
                        ["applied", "considered"].randomElement(using: &random) ?? ""
                    ))
            }
            summary = (0..<Int.random(in: 1...4, using: &random)).compactMap { _ in
                Corpus.words.randomElement(using: &random)
            }
            rationale = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in
                Corpus.words.randomElement(using: &random)
            }
        }

        var submission: Submission {
            get throws {
                var json: JSONObject = [
                    "id": .string(id), "summary": .string(summary.joined(separator: " ")),
                    "rationale": [
                        "text": .string(rationale.joined(separator: ", ")), "source": "model", "timing": "before",
                    ],
                ]
                for field in [Query.Field.outcome, .kind, .session, .trace, .subject] {
                    json[field.rawValue] = fields[field].map(JSON.string)
                }
                json["model"] = fields[.model].map { ["requested": .string($0)] }
                json["producer"] = fields[.producer].map { ["id": .string($0)] }
                if citations.isEmpty {
                    json["none_cited"] = "nothing"
                } else {
                    json["principles"] = .array(
                        citations.map {
                            ["ref": .string("acme/rules@\($0.version)#\($0.section)"), "role": .string($0.role)]
                        })
                }
                return try Sample.submission(.object(json))
            }
        }
    }

    let folder: Scratch
    let members: [Member]

    /// The same for all tests that do not change it.
    static let shared = Task { try await Corpus(count: 120) }

    init(count: Int) async throws {
        folder = try Scratch()
        var random = SplitMix(seed: 7)
        var members = (0..<count).map { Member($0, &random) }
        let ledger = try await SampleLedger.create(in: folder, clock: SampleClock(tick: 3_600_000_000))
        _ = try await ledger.register(Sample.specification())
        _ = try await ledger.register(Sample.specification(Sample.laterRules, version: "2"))
        for start in stride(from: 0, to: count, by: 25) {
            let results = await ledger.record(try members[start..<min(start + 25, count)].map { try $0.submission })
            for (index, result) in results.enumerated() {
                let receipt = try result.get()
                members[start + index].number = receipt.number
                members[start + index].at = try ledger.read { try $0.proven(receipt.number).entry.at.microseconds }
            }
        }
        _ = try ledger.index.update()
        await ledger.close()
        self.members = members
    }

    func open() throws -> Ledger { try Ledger.open(at: folder.path, for: .reading) }
}

/// One term of a query as a text, and what it means, judged by the members alone.
struct Asked {
    let text: String
    let holds: (Corpus.Member) -> Bool

    static func random(_ random: inout SplitMix, among members: [Corpus.Member]) -> Asked {
        let asked = positive(&random, among: members)
        guard Bool.random(using: &random), Bool.random(using: &random) else { return asked }
        return Asked(text: "-" + asked.text) { !asked.holds($0) }
    }

    private static func positive(_ random: inout SplitMix, among members: [Corpus.Member]) -> Asked {
        guard let member = members.randomElement(using: &random) else { return Asked(text: "x") { _ in false } }
        switch Int.random(in: 0...8, using: &random) {
        case 0, 1:
            guard let (field, value) = member.fields.sorted(by: { $0.value < $1.value }).randomElement(using: &random)
            else {
                break
            }
            return Asked(text: value.contains(" ") ? "\(field.rawValue):\"\(value)\"" : "\(field.rawValue):\(value)") {
                $0.fields[field] == value
            }
        case 2: return Asked(text: "id:\(member.id)") { $0.id == member.id }
        case 3:
            guard let cited = member.citations.first else { break }
            let names = [cited.section, "acme/rules#\(cited.section)", "acme/rules@\(cited.version)#\(cited.section)"]
            let name = names.randomElement(using: &random) ?? ""
            return Asked(text: "principle:\(name)") { member in
                member.citations.contains {
                    $0.section == cited.section && (!name.contains("@") || $0.version == cited.version)
                }
            }
        case 4:
            return Asked(text: "authority:root") {
                $0.citations.contains { Corpus.Member.authorities[$0.section] == "root" }
            }
        case 5: return Asked(text: "role:considered") { $0.citations.contains { $0.role == "considered" } }
        case 6:
            let moment = Timestamp(microseconds: member.at)
            return Bool.random(using: &random)
                ? Asked(text: "since:\(moment)") { $0.at >= member.at }
                : Asked(text: "until:\(moment)") { $0.at < member.at }
        default: break
        }
        let texts = [member.summary, member.rationale].filter { !$0.isEmpty }
        let words = texts.randomElement(using: &random) ?? []
        let start = Int.random(in: words.indices, using: &random)
        let phrase = Array(words[start...min(start + Int.random(in: 0...1, using: &random), words.count - 1)])
        let text = phrase.count == 1 && Bool.random(using: &random) ? phrase[0] : "\"\(phrase.joined(separator: " "))\""
        return Asked(text: text) { has(phrase, $0.summary) || has(phrase, $0.rationale) }
    }

    private static func has(_ phrase: [String], _ words: [String]) -> Bool {
        let (phrase, words) = (phrase.map { $0.lowercased() }, words.map { $0.lowercased() })
        return words.indices.contains { words[$0...].starts(with: phrase) }
    }
}
