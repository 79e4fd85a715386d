import Evidence
import JSON
import Notes
import Testing

/// What fuzzing found.
struct FuzzRegressions {
    @Test func `what is wrong with a long text in a proof file is said briefly`() throws {
        let long = String(repeating: "x", count: 200_000)
        let log = try SampleLog.small()
        let note = try Checkpoint(origin: long, size: 3, root: log.checkpoint(3).root).signed(
            by: sampleKey(2, name: "a"))
        let file = try log.file(1, 3, note: note)
        let attempts: [() throws -> Void] = [
            { _ = try ProofFile(parsing: "{\"format\":\"\(long)\"}".bytes) }, { _ = try file.checkAgain(log.trust()) },
            { throw EvidenceError.secondValue(0, field: long) },
            { throw NoteError.signatureInvalid(name: try sampleKey(2, name: long).name, keyID: 1) },
        ]
        for attempt in attempts {
            do {
                try attempt()
                Issue.record("the text is wrong")
            } catch { #expect("\(error)".utf8.count < 400) }
        }
    }
}
