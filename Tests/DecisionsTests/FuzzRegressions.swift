import Cryptography
import Decisions
import JSON
import Testing

/// What fuzzing found. The long inputs end at once, or would take longer than anybody waits.
struct FuzzRegressions {
    @Test func `an unknown field as long as the line is named by its beginning`() throws {
        let name = String(repeating: "\u{301}", count: 100_000)
        let json = try JSON(parsing: Array("{\"outcome\":\"act\",\"\(name)\":1}".utf8))
        #expect {
            try Submission(checking: json)
        } throws: { error in
            guard let error = error as? SubmissionError else { return false }
            let shown = String(repeating: "\u{301}", count: 60) + "…"
            return error.problems.first == .unknownField(shown, nearest: nil) && error.description.utf8.count < 1000
        }
    }

    @Test func `after ten references that do not resolve no more are looked for`() throws {
        var asked = 0
        let submission = try Submission(checking: decision(references: 64 * 200))
        #expect {
            try submission.sealed(randomness: .system) { _ in
                asked += 1
                return .unresolved(reason: "there is none")
            }
        } throws: { ($0 as? SubmissionError)?.problems.count == 10 }
        #expect(asked == 10)
    }

    @Test func `references are not looked for once there are more sealed fields than fit`() throws {
        var asked = 0
        let submission = try Submission(checking: decision(references: 64 * 200, accepting: true))
        #expect {
            try submission.sealed(randomness: .system) { _ in
                asked += 1
                return .unresolved(reason: "there is none")
            }
        } throws: {
            guard case .tooLarge(_, 2048, _) = ($0 as? SubmissionError)?.problems.first else { return false }
            return true
        }
        #expect(asked <= 2049)
    }

    @Test func `an entry full of unknown members is opened at once`() throws {
        let members = (0..<20_000).map { "\"\($0)\":0" }.joined(separator: ",")
        let body = try #require(try JSON(parsing: Array("{\(members)}".utf8)).object)
        #expect(RevealedRecord(body: body, disclosures: []).content == body)
    }

    /// A decision whose alternatives cite so many sections.
    private func decision(references: Int, accepting: Bool = false) throws -> JSON {
        let by = repeatElement("\"a#b\"", count: 64).joined(separator: ",")
        let alternative = "{\"label\":\"l\",\"status\":\"forbidden\",\"by\":[\(by)]}"
        let alternatives = repeatElement(alternative, count: references / 64).joined(separator: ",")
        let unresolved = accepting ? ",\"unresolved\":\"accept\"" : ""
        return try JSON(
            parsing: Array(
                "{\"outcome\":\"act\",\"none_cited\":\"n\",\"rationale_absent\":\"r\",\"alternatives\":[\(alternatives)]\(unresolved)}"
                    .utf8))
    }
}
