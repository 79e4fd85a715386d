import Cryptography
import JSON
import Testing

@testable import Decisions

/// The reader of bytes against the rules on values: two ways to the same verdict, and to the same content.
struct SubmissionReaderTests {
    /// Nothing else may be read from a line than what its JSON says, and nothing good may be refused.
    private func compare(_ line: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let text = String(decoding: line, as: UTF8.self)
        let json = try? JSON(parsing: line)
        let problems = json.map { (json) -> [SubmissionError.Problem] in
            do throws(SubmissionError) { _ = try Checker.check(json) } catch { return error.problems }
            return []
        }
        let read = line.withUnsafeBytes { SubmissionReader.read($0) }
        guard let json, problems?.isEmpty == true else {
            #expect(read == nil, "\(text)", sourceLocation: sourceLocation)
            return
        }
        let canonical = json.bytes().withUnsafeBytes { SubmissionReader.read($0) }
        guard let canonical else {
            Issue.record(
                "a good line is not read in its canonical form: \(text)" as Comment, sourceLocation: sourceLocation)
            return
        }
        for submission in [read, canonical].compactMap(\.self) { check(submission, json, text, sourceLocation) }
    }

    private func check(_ submission: Submission, _ json: JSON, _ text: String, _ sourceLocation: SourceLocation) {
        #expect(submission.id == json["id"]?.text, "\(text)", sourceLocation: sourceLocation)
        #expect(submission.subject == json["subject"]?.text, "\(text)", sourceLocation: sourceLocation)
        #expect(submission.acceptsUnresolved == (json["unresolved"] != nil), sourceLocation: sourceLocation)
        guard let sealed = try? submission.sealed(randomness: .system, resolve: Self.resolve),
            let body = try? JSON(parsing: sealed.bytes), case .object(let object) = body
        else {
            Issue.record("it cannot be sealed: \(text)" as Comment, sourceLocation: sourceLocation)
            return
        }
        #expect(body.bytes() == sealed.bytes, "\(text)", sourceLocation: sourceLocation)
        #expect(
            SealedFields.digests(in: body) == sealed.disclosures.map(\.digest), "\(text)",
            sourceLocation: sourceLocation)
        let revealed = RevealedRecord(body: object, disclosures: sealed.disclosures)
        #expect(revealed.content == submission.content, "\(text)", sourceLocation: sourceLocation)
        #expect(revealed.missing.isEmpty, sourceLocation: sourceLocation)
    }

    /// Every reference means something here.
    private static func resolve(_ ref: String) -> Resolution {
        .citation(
            Citation(
                document: SHA256.digest(of: "d"), section: SHA256.digest(of: ref),
                authority: ref.utf8.count % 2 == 0 ? "root" : nil))
    }

    private static let samples = [Array(Samples.full.utf8), Array(Samples.least.utf8)]

    @Test func `a good line is read from its bytes, and gives what its JSON says`() {
        for sample in Self.samples {
            #expect(sample.withUnsafeBytes { SubmissionReader.read($0) } != nil)
            compare(sample)
        }
    }

    @Test func `every line cut short, and every line without one byte, is judged alike by both`() {
        for sample in Self.samples {
            for index in sample.indices {
                compare(Array(sample[..<index]))
                var line = sample
                line.remove(at: index)
                compare(line)
            }
        }
    }

    @Test(arguments: Array("\"\\{}[]:,0-1.eE \n\u{1}\u{7f}_aZ".utf8) + [0x80, 0xC3, 0xED, 0xFF])
    func `every byte replaced, and one put before every byte, is judged alike by both`(byte: UInt8) {
        for sample in Self.samples {
            for index in sample.indices {
                var line = sample
                line[index] = byte
                compare(line)
                line = sample
                line.insert(byte, at: index)
                compare(line)
            }
        }
    }

    /// Each member of each object: twice, moved to the end, under another name, and with a value of every other kind.
    @Test func `every member doubled, moved, renamed or of another kind is judged alike by both`() throws {
        let values: [JSON] = [
            .null, true, 0, -1, 9_007_199_254_740_991, .decimal("0.5"), .decimal("1e3"), "", "x", "é\u{10FFFF}\n\"",
            "message:user", "a/b#x", "2026-11-20T09:14:07Z", [], ["x"], [:], ["x": 1], [[:]],
        ]
        for sample in Self.samples {
            let json = try JSON(parsing: sample)
            for path in paths(json) {
                for value in values { compare(replace(json, path, value).bytes()) }
                compare(replace(json, path, nil).bytes())
            }
            for member in json.object?.members ?? [] {
                let text = "{\"\(member.name)\":\(member.value.string()),\(json.string().dropFirst())"
                compare(Array(text.utf8))
                let moved =
                    replace(json, [member.name], nil).string().dropLast()
                    + ",\"\(member.name)\":\(member.value.string())}"
                compare(Array(moved.utf8))
                let escaped = json.string().replacing("\"\(member.name)\":", with: "\"\\u00\(hex(member.name))\":")
                compare(Array(escaped.utf8))
            }
        }
    }

    @Test(arguments: [1, 62, 63, 64, 65, 200])
    func `a context may nest as deeply as any JSON`(levels: Int) {
        let context = String(repeating: "{\"a\":", count: levels) + "1" + String(repeating: "}", count: levels)
        compare(Array((Samples.least.dropLast() + ",\"context\":\(context)}").utf8))
    }

    @Test(arguments: ["\\u0041", "\\ud83d\\ude00", "\\ud83d", "\\n\\\"\\/\\b", "\\x", "\\u00", "é", "\u{10FFFF}"])
    func `texts with escapes mean what JSON says`(text: String) {
        for name in ["summary", "id", "session", "subject", "notes", "outcome"] {
            compare(Array((Samples.least.dropLast() + ",\"\(name)\":\"\(text)\"}").utf8))
            compare(Array((Samples.least.dropLast() + ",\"\(name)\":\"seven b\(text)and more\"}").utf8))
        }
    }

    /// The path of every member and item.
    private func paths(_ json: JSON) -> [[String]] {
        switch json {
        case .object(let object):
            object.members.flatMap { member in [[member.name]] + paths(member.value).map { [member.name] + $0 } }
        case .array(let items):
            items.enumerated().flatMap { index, item in [["\(index)"]] + paths(item).map { ["\(index)"] + $0 } }
        default: []
        }
    }

    private func replace(_ json: JSON, _ path: [String], _ value: JSON?) -> JSON {
        guard let name = path.first else { return json }
        let rest = Array(path.dropFirst())
        switch json {
        case .object(var object):
            object[name] = rest.isEmpty ? value : object[name].map { replace($0, rest, value) }
            return .object(object)
        case .array(var items):
            guard let index = Int(name) else { return json }
            if let value, rest.isEmpty {
                items[index] = value
            } else if rest.isEmpty {
                items.remove(at: index)
            } else {
                items[index] = replace(items[index], rest, value)
            }
            return .array(items)
        default: return json
        }
    }

    /// The first letter as an escape, and the rest.
    private func hex(_ name: String) -> String {
        String(name.utf8.first ?? 0, radix: 16) + name.dropFirst()
    }
}
