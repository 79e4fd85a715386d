import Foundation
import Testing

@testable import Because

/// What we publish, checked by golang.org/x/mod/sumdb (Debian: golang-go and golang-golang-x-mod-dev).
@Suite(.enabled(if: Reference.program != nil, "go or golang.org/x/mod/sumdb is not here"))
struct ReferenceTests {
    @Test(arguments: [1, 2, 255, 256, 257, 300, 512, 600])
    func `every entry and every earlier checkpoint is proven by the reference`(size: Int) throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        var earlier: [String] = []
        for step in [1, 2, 3, 128, 255, 256, 257, 300, 511, 512, 513, 600] where step <= size {
            try log.publish(step, into: scratch.published)
            try scratch.write(scratch.bytes(of: "published/checkpoint"), to: "checkpoint.\(step)")
            earlier.append("\(scratch.path)/checkpoint.\(step)")
        }
        let (status, output) = try Reference.check(scratch.published, log.key.verifierKey, earlier)
        #expect(status == 0 && output == "\(size) entries, \(earlier.count) earlier checkpoints\n", "\(output)")
    }

    @Test func `a ledger that was published in steps is accepted`() async throws {
        let scratch = try Scratch()
        let key = try await TestLedger.create(scratch)
        var earlier: [String] = []
        for count in [1, 40, 230] {
            try await TestLedger.record(count, in: scratch)
            let summary = try await Publishing(ledger: scratch.ledger, into: scratch.published).run()
            try scratch.write(summary.note.bytes, to: "checkpoint.\(count)")
            earlier.append("\(scratch.path)/checkpoint.\(count)")
        }
        let (status, output) = try Reference.check(scratch.published, key, earlier)
        #expect(status == 0 && output == "272 entries, 3 earlier checkpoints\n", "\(output)")
    }

    @Test(arguments: ["checkpoint", "tile/entries/000", "tile/0/001.p/44", "tile/1/000.p/1"])
    func `the reference notices a changed byte as we do`(path: String) throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try log.publish(300, into: scratch.published)
        var bytes = try scratch.bytes(of: "published/\(path)")
        bytes[bytes.count / 2] ^= 1
        try scratch.write(bytes, to: "published/\(path)")
        #expect(try Reference.check(scratch.published, log.key.verifierKey, []).0 == 1)
        #expect(try check(scratch.published, log.key.verifierKey).findings.map(\.file).contains(path))
    }

    @Test func `the reference refuses a fork as the publisher does`() throws {
        let log = try sampleLog.get()
        let other = try SampleLog(count: 100, other: 99..<100)
        let scratch = try Scratch()
        try log.publish(300, into: scratch.published)
        try scratch.write(other.checkpoint(100).signed(by: other.key).bytes, to: "forked")
        #expect(try Reference.check(scratch.published, log.key.verifierKey, ["\(scratch.path)/forked"]).0 == 1)
    }
}

/// The program in `Reference`, built once.
enum Reference {
    static let program: String? = {
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/main.go").path
        guard let scratch else { return nil }
        let output = scratch.path + "/reference"
        let environment = [
            "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "", "GOCACHE": scratch.path + "/cache",
        ]
        let built = run("/usr/bin/env", ["go", "build", "-o", output, source], environment)
        return built?.0 == 0 ? output : nil
    }()

    private static let scratch = try? Scratch()

    static func check(_ folder: String, _ key: VerifierKey, _ earlier: [String]) throws -> (Int32, String) {
        let program = try #require(program)
        return try #require(run(program, [folder, key.text] + earlier))
    }
}
