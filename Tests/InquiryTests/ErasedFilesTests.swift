import Because
import Foundation
import LedgerSamples
import Testing

@testable import Ledgers

/// What was erased is in no byte of any file of the ledger's folder.
struct ErasedFilesTests {
    private static let grounds = ErasureGrounds(basis: "She asked for it.")

    /// A word of which no other text has a part, also where an index leaves out what it has in common with the one before.
    static func word(_ number: Int) -> String {
        let digits = number < 10 ? "0\(number)" : "\(number)"
        return "zq\(digits)vk\(digits)erasure\(digits)mark"
    }

    private static func line(_ number: Int) -> String {
        """
        {"id":"d-\(number)","outcome":"act","summary":"About \(word(number)) here","none_cited":"n",\
        "rationale":{"text":"Since \(word(number)) said so.","source":"model","timing":"with"},\
        "notes":"\(word(number)) \(String(repeating: "long ", count: 3000))","subject":"\(word(number))"}
        """
    }

    private static func fact(_ number: Int) -> String {
        """
        {"id":"f-\(number)","type":"outcome","decision":"d-\(number)","result":"good","source":"human",\
        "summary":"It went well for \(word(number))","value":"\(word(number))"}
        """
    }

    /// A ledger of `count` decisions, each with a fact about it, all in the index.
    private func filled(_ count: Int = 12) async throws -> Asking {
        let asking = try await Asking()
        for number in 0..<count {
            try await asking.record(Self.line(number))
            try await asking.record(Self.fact(number))
        }
        _ = try await asking.ledger.find(Self.word(1))
        return asking
    }

    /// What of the disclosures of an entry is looked for.
    private func traces(_ asking: Asking, _ number: UInt64) throws -> [[UInt8]] {
        // Each begins with the salt; the rest may be what another one has as well.
        try asking.ledger.read { try $0.proven(number).sealed }.map { Array($0.text.prefix(30)) }
    }

    /// The forms in which a word can stand in a file: as it is, in lower case, and in base64url at each of three offsets.
    private static func forms(_ word: String) -> [[UInt8]] {
        let bytes = Array(word.utf8)
        let encoded = (0..<3).map { offset -> [UInt8] in
            let text = Base64.encode([UInt8](repeating: 0x20, count: offset) + bytes, .url)
            // The characters at both ends hold bits of their neighbours.
            return Array(Array(text.utf8).dropFirst(offset == 0 ? 0 : 4).dropLast(4))
        }
        // FTS5 leaves out what a word has in common with the one before it.
        return encoded + [Array(bytes.dropFirst(4)), Array(word.lowercased().utf8.dropFirst(4))]
    }

    /// In which files something of it is found.
    static func files(holding traces: [[UInt8]], in folder: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return names.filter { name in
            guard !name.hasSuffix("-shm"), let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                return false
            }
            return traces.contains { data.range(of: Data($0)) != nil }
        }.sorted()
    }

    private func expectGone(
        _ asking: Asking, _ number: Int, _ traces: [[UInt8]], at location: SourceLocation = #_sourceLocation
    ) async throws {
        let all = traces + Self.forms(Self.word(number))
        #expect(try Self.files(holding: all, in: asking.folder.path) == [], sourceLocation: location)
        let report = try await asking.ledger.verify()
        #expect(report.exitStatus == 0 && report.findings.of(.index) == [], sourceLocation: location)
        #expect(try await asking.ledger.find(Self.word(number)).hits.isEmpty, sourceLocation: location)
        #expect(try await asking.ledger.find(Self.word(number + 1)).hits.count == 1, sourceLocation: location)
    }

    @Test func `a person who was erased is in no file, and everybody else is where they were`() async throws {
        let asking = try await filled()
        for number in [3, 4, 0, 7] {
            let traces = try traces(asking, UInt64(2 + 2 * number)) + traces(asking, UInt64(3 + 2 * number))
            let before = try Self.files(holding: traces, in: asking.folder.path)
            #expect(before.contains { $0.hasPrefix("log.sqlite") })
            let word = Self.forms(Self.word(number))
            #expect(try Self.files(holding: word, in: asking.folder.path).contains("index.sqlite"))
            let code = HMACSHA256.code(of: Array(Self.word(number).utf8), key: Sample.subjectKey).bytes
            #expect(try Self.files(holding: [code], in: asking.folder.path) != [])
            let summary = try await asking.ledger.erase(subject: Self.word(number), Self.grounds)
            #expect(summary.erased.count == 2 && summary.scrubbing == .done && summary.isComplete)
            try await expectGone(asking, number, traces + [code])
        }
    }

    @Test func `a field alone goes, from the index too, and the rest of the record is found as before`() async throws {
        let asking = try await filled(3)
        let salts = try asking.ledger.read { view in
            try view.proven(2).disclosures.filter { $0.name == "text" }.map { Array($0.text.prefix(28)) }
        }
        _ = try await asking.ledger.erase("d-0", .paths(["rationale"]), Self.grounds)
        #expect(salts.count == 1)
        #expect(try Self.files(holding: salts, in: asking.folder.path) == [])
        #expect(try await asking.ledger.find(Self.word(0)).hits.count == 1, "by its summary")
        #expect(try await asking.ledger.find("said").hits.count == 2)
        #expect(try await asking.ledger.verify().exitStatus == 0)
    }

    @Test func `nothing comes back when the index is made again, damaged or gone`() async throws {
        let asking = try await filled(4)
        let traces = try traces(asking, 2) + traces(asking, 3)
        _ = try await asking.ledger.erase(subject: Self.word(0), Self.grounds)
        try asking.ledger.index.rebuild()
        try await expectGone(asking, 0, traces)

        let second = try self.traces(asking, 4) + self.traces(asking, 5)
        try asking.folder.write(Array("no index at all".utf8), to: "index.sqlite")
        let summary = try await asking.ledger.erase(subject: Self.word(1), Self.grounds)
        #expect(summary.scrubbing == .done)
        try await expectGone(asking, 1, second)

        let third = try self.traces(asking, 6) + self.traces(asking, 7)
        try asking.folder.remove("index.sqlite")
        _ = try await asking.ledger.erase(subject: Self.word(2), Self.grounds)
        #expect(!asking.folder.has("index.sqlite"), "there is nothing in what is not there")
        #expect(try Self.files(holding: third, in: asking.folder.path) == [])
    }

    /// The folder as a process finds it that comes after one which was killed at some step.
    @Test(arguments: 0..<4) func `an erasure that was cut short is finished when the ledger is opened`(step: Int)
        async throws
    {
        let asking = try await filled(4)
        let traces = try traces(asking, 2) + traces(asking, 3)
        _ = try await asking.ledger.commitErasure(ofSubject: Self.word(0), Self.grounds)
        if step == 1 { #expect(try asking.ledger.store.scrub(patience: 1) == .clean) }
        if step == 2 { #expect(try asking.ledger.index.scrub(through: 11) == nil) }
        if step == 3 {
            #expect(try asking.ledger.store.scrub(patience: 1) == .clean)
            #expect(try asking.ledger.index.scrub(through: 11) == nil)
        }
        let copy = try asking.folder.copy()
        try copy.write(asking.folder.bytes(of: "log.sqlite-wal"), to: "log.sqlite-wal")
        #expect(try Self.files(holding: traces + Self.forms(Self.word(0)), in: copy.path).isEmpty == (step == 3))
        #expect(try LedgerStatus(of: Ledger.open(at: copy.path, for: .reading)).scrubbingDue != nil)
        let again = try Ledger.open(at: copy.path)
        #expect(try LedgerStatus(of: again).scrubbingDue == nil)
        #expect(try Self.files(holding: traces + Self.forms(Self.word(0)), in: copy.path) == [])
        #expect(try await again.verify().exitStatus == 0)
        await again.close()
    }

    @Test func `a reader at an earlier moment makes scrubbing due, and it is done once the reader is gone`()
        async throws
    {
        let asking = try await filled(3)
        let traces = try traces(asking, 2) + traces(asking, 3)
        let reader = try Ledger.open(at: asking.folder.path, for: .reading)
        let isReading = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        let reading = Task.detached {
            try reader.read { view in
                _ = view.size
                isReading.signal()
                mayEnd.wait()
            }
        }
        await Task.detached { isReading.wait() }.value
        let summary = try await asking.ledger.erase(subject: Self.word(0), Self.grounds, patience: 0.01)
        guard case .due(let reason) = summary.scrubbing else { return #expect(Bool(false), "nothing was due") }
        #expect(reason.contains("earlier moment") && !summary.isComplete && summary.erased.count == 2)
        #expect(try await asking.ledger.find(Self.word(0)).hits.isEmpty)
        let report = try await asking.ledger.verify()
        #expect(report.exitStatus == 0 && report.findings.all.map(\.code).contains("scrubbing_due"))
        mayEnd.signal()
        try await reading.value
        #expect(try await asking.ledger.scrub(patience: 1) == .done)
        try await expectGone(asking, 0, traces)
    }

    @Test func `an index that catches up over an erasure drops the words, whoever catches up`() async throws {
        let asking = try await filled(3)
        _ = try await asking.ledger.commitErasure(ofSubject: Self.word(0), Self.grounds)
        #expect(try Self.files(holding: Self.forms(Self.word(0)), in: asking.folder.path).contains("index.sqlite"))
        // Until then a verification knows what the index cannot know yet.
        let report = try await asking.ledger.verify()
        #expect(report.findings.of(.index).map(\.code) == ["index_behind"] && report.exitStatus == 0)
        let reader = try Ledger.open(at: asking.folder.path, for: .reading)
        #expect(try await reader.find(Self.word(0)).hits.isEmpty)
        #expect(try !Self.files(holding: Self.forms(Self.word(0)), in: asking.folder.path).contains("index.sqlite"))
        #expect(try await asking.ledger.verify().findings.of(.index) == [])
    }

    @Test func `recording, erasing, asking, verifying and publishing at once disturb nobody`() async throws {
        let asking = try await filled(20)
        let ledger = asking.ledger
        let published = try Scratch()
        _ = try await ledger.keepCheckpoint()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for number in 20..<60 { try await asking.record(Self.line(number)) } }
            group.addTask {
                for number in 0..<10 { _ = try await ledger.erase(subject: Self.word(number), Self.grounds) }
            }
            group.addTask {
                for _ in 0..<5 {
                    let report = try await ledger.verify()
                    #expect(report.exitStatus == 0, "\(report.findings.all)")
                }
            }
            group.addTask {
                for number in 10..<20 {
                    let found = try await ledger.find(Self.word(number))
                    #expect(found.hits.count == 1)
                }
            }
            group.addTask {
                for _ in 0..<5 {
                    let summary = try await Publishing(ledger: asking.folder.path, into: published.path).run()
                    #expect(summary.checkpoint.size >= 42)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await ledger.scrub() == .done)
        for number in 0..<10 {
            #expect(try Self.files(holding: Self.forms(Self.word(number)), in: asking.folder.path) == [])
        }
        #expect(try await ledger.verify().exitStatus == 0)
    }

    @Test func `what was erased, when and on what basis is said by every answer`() async throws {
        let asking = try await filled(2)
        try await asking.ledger.placeHold(on: .record("d-1"), basis: "Case \u{1B}[31m12")
        try await asking.ledger.setRetention(RetentionClass("credit", minimum: 60, maximum: 3600), isDefault: true)
        _ = try await asking.ledger.erase(
            "d-0", .paths(["summary", "subject"]), .init(basis: "GDPR \u{202E}17", despitesMinimum: true))
        let said = try asking.answer("d-0").filter { $0.section == "Gone" }
        #expect(said.map(\.mark) == [.erased, .erased])
        let texts = said.map(\.text).sorted()
        #expect(texts[0].hasPrefix("subject was erased on 2026-11-20T") && texts[1].hasPrefix("summary was erased on "))
        #expect(texts[1].hasSuffix("says, before the end of the time to keep it: \u{201C}GDPR \u{202E}17\u{201D}"))
        let explanation = try asking.ledger.index.explain("d-0")
        #expect(!explanation.answer().terminalText(width: 80, usesColour: false).contains("\u{202E}"))
        #expect(
            explanation.json["missing"]?.items?.compactMap { $0["field"]?.text }.sorted() == ["subject", "summary"])
        let kept = try asking.answer("d-1").filter { $0.section == "Kept" }
        #expect(kept.count == 2 && kept[0].text.contains("it is held by entry 6"))
        #expect(kept[1].text.hasPrefix("class of retention credit: kept at least until 2026-11-20T"))
        #expect(try asking.ledger.index.explain("d-1").json["custody"]?["hold"]?["n"] == 6)
    }
}
