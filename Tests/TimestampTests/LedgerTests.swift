import Because
import Foundation
import Testing
import WebTesting

@Suite(.enabled(if: Authority.isAvailable, Authority.absence))
struct StampedLedgerTests {
    private let fixture: LedgerFixture
    private let authority: Authority

    init() throws {
        fixture = try LedgerFixture()
        authority = try Authority()
    }

    @Test func `an authority stamps the newest checkpoint, and everything says so`() async throws {
        let server = try authority.serve()
        let trusted = try authority.trusted("ca")
        let ledger = try await fixture.create()
        try await ledger.recordDecision("first")
        let checked = try await ledger.timestamp(at: URL(web: server.address("/tsa")), trusting: trusted)
        #expect(checked.size == 2 && checked.authority == "Test TSA" && checked.standing == .trusted)
        let request = try #require(server.requests.first)
        #expect(request.method == "POST" && request.path == "/tsa")
        #expect(request.headers["content-type"] == "application/timestamp-query")

        // What is stamped can be computed from the published note alone.
        let note = try ledger.read { $0.note }
        let token = try ledger.read { try TimestampToken(parsing: $0.snapshot.timestamps(of: 2)[0].token) }
        #expect(token.imprint == SHA256.digest(of: note.text))

        try await ledger.recordDecision("second")
        let sentence =
            "the first 2 entries were time-stamped on \(checked.time) by Test TSA, whose certificate was not checked"
        #expect(try LedgerStatus(of: ledger).text.contains("time stamp  \(sentence)\n"))
        #expect(try LedgerStatus(of: ledger).json["timestamp"]?["certificate"]?.text == "unchecked")
        #expect(try TimestampList(of: ledger).text == sentence + "\n")
        #expect(
            try TimestampList(of: ledger, trusting: trusted).text
                == "the first 2 entries were time-stamped on \(checked.time) by Test TSA\n")
        let why = try await ledger.explain("first")
        #expect(why.answer().markdown.contains("whose certificate was not checked, and this entry is among them"))
        #expect(why.json["proof"]?["timestamps"]?.items?.count == 1)
        #expect(try await ledger.explain("second").json["proof"]?["timestamps"]?.items == [])
        await ledger.close()

        let unchecked = try await fixture.verify()
        #expect(unchecked.verdict(.signatures) == .holds && unchecked.exitStatus == 0)
        #expect(unchecked.text.contains("time stamps: 1 by authorities whose certificates were not checked"))
        let report = try await fixture.verify(trusted)
        #expect(report.exitStatus == 0 && report.signatureCodes == [])
        #expect(report.text.contains("time stamps: 1 by authorities that you trust"))
        #expect(report.json["timestamps"] == ["trusted": 1, "unchecked": 0, "unknown": 0])
    }

    @Test func `a time stamp by somebody else shows nothing, and verify says so`() async throws {
        let ledger = try await fixture.create()
        let url = try URL(web: "http://tsa.invalid/")
        _ = try await ledger.timestamp(at: url, by: authority.transport())
        await ledger.close()
        let report = try await fixture.verify(Authority().trusted("ca"))
        #expect(report.verdict(.signatures) == .cannotTell && report.exitStatus == 1)
        #expect(report.signatureCodes == ["timestamp_untrusted"])
        #expect(report.text.contains("Not every time stamp is by an authority that you trust"))
    }

    @Test func `a request can be carried to the authority and its answer back, while the ledger grows`() async throws {
        let ledger = try await fixture.create()
        let old = try await ledger.timestampRequest()
        for index in 0..<5 { try await ledger.recordDecision("id-\(index)") }
        let new = try await ledger.timestampRequest()
        #expect(old.checkpoint.size == 1 && new.checkpoint.size == 6)
        for index in 5..<7 { try await ledger.recordDecision("id-\(index)") }
        let newStamp = try await ledger.addTimestamp(authority.answer(new.request.bytes, isToken: true))
        let oldStamp = try await ledger.addTimestamp(authority.answer(old.request.bytes))
        #expect(newStamp.size == 6 && oldStamp.size == 1 && newStamp.standing == .unchecked)
        #expect(try ledger.stampedSizes == [1, 6])
        // The same once more changes nothing.
        let row = try ledger.read { try $0.snapshot.timestamps(of: 6) }
        #expect(try await ledger.addTimestamp(row[0].token) == newStamp)
        #expect(try ledger.read { try $0.snapshot.timestamps(of: 6) } == row)
        await ledger.close()
        #expect(try await fixture.verify(authority.trusted("ca")).exitStatus == 0)
    }

    @Test(
        arguments: [
            // The years in which the checkpoints of 2, 3 and 4 entries are stamped, and the sizes shown for entries 0 to 4.
            ([2021, 2022, 2023], [[2, 4], [2, 4], [3, 4], [4], []]),
            // An old checkpoint may be stamped later than a new one.
            ([2023, 2022, 2021], [[4, 2], [4, 2], [4, 3], [4], []]),
        ] as [([Int], [[UInt64]])])
    func `an entry has the first and the last of the time stamps that cover it`(
        years: [Int], sizes: [[UInt64]]
    ) async throws {
        let ledger = try await fixture.create()
        for (index, year) in years.enumerated() {
            try await ledger.recordDecision("id-\(index)")
            let transport = authority.transport(answer: { [authority] in try authority.redated($0, year: year) })
            _ = try await ledger.timestamp(at: URL(web: "http://tsa.invalid/"), by: transport)
        }
        try await ledger.recordDecision("id-3")
        for (number, expected) in sizes.enumerated() {
            let coverage = try ledger.read { try $0.timestamps(atLeast: UInt64(number) + 1) }
            #expect(coverage.all.map(\.size) == expected && coverage.failureCount == 0)
        }
        await ledger.close()
    }

    @Test func `a time stamp of another ledger is not taken`() async throws {
        let ledger = try await fixture.create()
        let other = TimestampRequest(imprint: SHA256.digest(of: "other"), randomness: .system)
        let answer = try authority.answer(other.bytes)
        await #expect(throws: TimestampingError.noSuchCheckpoint(imprint: other.imprint)) {
            try await ledger.addTimestamp(answer)
        }
        #expect(try ledger.stampedSizes == [])
        await ledger.close()
    }

    @Test func `a checkpoint that was not kept cannot be stamped`() async throws {
        let ledger = try await fixture.create()
        let checkpoint = try ledger.read { $0.checkpoint }
        let answer = try authority.answer(
            TimestampRequest(imprint: checkpoint.timestampImprint, randomness: .system).bytes)
        await #expect(throws: TimestampingError.self) { try await ledger.addTimestamp(answer) }
        await ledger.close()
    }

    // MARK: Wrong answers

    private func failure(_ transport: @escaping Transport, trusting trusted: TrustedCertificates? = nil) async throws
        -> (any Error)?
    {
        let ledger = try await fixture.create()
        var failure: (any Error)?
        do {
            _ = try await ledger.timestamp(at: URL(web: "http://tsa.invalid/"), trusting: trusted, by: transport)
        } catch {
            failure = error
        }
        #expect(try ledger.stampedSizes == [], "a wrong answer was stored")
        await ledger.close()
        return failure
    }

    @Test func `an answer to another request is not stored`() async throws {
        let transport = authority.transport { bytes in
            // The same imprint under another nonce: an older answer, sent again.
            let imprint = try #require(bytes.firstRange(of: [0x04, 0x20])).upperBound
            let digest = try #require(Digest(bytes[imprint..<imprint + 32]))
            return TimestampRequest(imprint: digest, randomness: .system).bytes
        }
        #expect(try await failure(transport) as? TimestampError == .nonceDiffers)
    }

    @Test func `an answer of something else is not stored`() async throws {
        let transport = authority.transport { _ in
            TimestampRequest(imprint: SHA256.digest(of: "else"), randomness: .system).bytes
        }
        guard case .imprintDiffers? = try await failure(transport) as? TimestampError else {
            Issue.record("the imprint was not looked at")
            return
        }
    }

    @Test func `an answer of an authority that is not trusted is not stored`() async throws {
        let trusted = try Authority().trusted("ca")
        guard case .authorityUnknown? = try await failure(authority.transport(), trusting: trusted) as? TimestampError
        else {
            Issue.record("the authority was not looked at")
            return
        }
    }

    @Test func `a refusal is passed on`() async throws {
        let strict = try Authority(digests: "sha512")
        guard case .refused(status: 2, _)? = try await failure(strict.transport()) as? TimestampError else {
            Issue.record("the status was not looked at")
            return
        }
    }

    @Test(arguments: [0, 1, 100, -1]) func `what is left of an answer is not stored`(count: Int) async throws {
        let transport = authority.transport(answer: { count < 0 ? $0.dropLast() : Array($0.prefix(count)) })
        guard case .malformed? = try await failure(transport) as? TimestampError else {
            Issue.record("\(count) bytes were taken")
            return
        }
    }

    @Test(arguments: [(500, TimestampRequest.answerMediaType), (200, "text/html"), (302, "text/html"), (429, nil)])
    func `a page is no answer`(status: Int, type: String?) async throws {
        let transport: Transport = { (_: HTTPRequest) async throws(HTTPError) in
            HTTPResponse(status: status, contentType: type, body: Array("<html>".utf8))
        }
        #expect(
            try await failure(transport) as? TimestampingError
                == .notAnAnswer(server: "tsa.invalid", status: status, type: type))
    }

    @Test func `more than 64 KiB are not taken from a server`() async throws {
        let server = try LoopbackServer { _ in .endless }
        let ledger = try await fixture.create()
        await #expect(throws: HTTPError.tooLarge(server: "127.0.0.1:\(server.port)", limit: 65_536)) {
            try await ledger.timestamp(at: URL(web: server.address()))
        }
        #expect(try ledger.stampedSizes == [])
        await ledger.close()
    }

    @Test func `a token that does not hold its certificate is not stored, although it is at hand`() async throws {
        let ledger = try await fixture.create()
        let request = try await ledger.timestampRequest().request
        let info = try authority.info(of: TimestampToken(parsing: authority.answer(request.bytes)))
        let bare = try authority.sign(info, by: "tsa", embeds: false)
        let trusted = try authority.trusted("ca", "tsa")
        await #expect(throws: TimestampError.certificateMissing) {
            try await ledger.addTimestamp(bare, trusting: trusted)
        }
        await ledger.close()
    }

    // MARK: Tampering

    /// A ledger of four entries, its checkpoints of 2 and 4 entries stamped.
    private func stamped() async throws {
        let ledger = try await fixture.create()
        for ids in [["a"], ["b", "c"]] {
            for id in ids { try await ledger.recordDecision(id) }
            _ = try await ledger.timestamp(at: URL(web: "http://tsa.invalid/"), by: authority.transport())
        }
        await ledger.close()
        #expect(try await fixture.verify().exitStatus == 0)
    }

    @Test(arguments: [
        ("UPDATE timestamps SET size = 6 - size", ["timestamp_wrong", "timestamp_wrong"]),
        ("UPDATE timestamps SET digest = zeroblob(32) WHERE size = 2", ["timestamp_wrong"]),
        ("UPDATE timestamps SET size = 3 WHERE size = 2", ["timestamp_extra"]),
        ("UPDATE timestamps SET size = 400 WHERE size = 2", ["timestamp_extra"]),
        ("INSERT INTO timestamps SELECT 2, digest, token FROM timestamps WHERE size = 4", ["timestamp_wrong"]),
        ("DELETE FROM timestamps", []),
    ]) func `a time stamp in another place is named`(sql: String, codes: [String]) async throws {
        try await stamped()
        try fixture.tamper(sql)
        for trusted in [nil, try authority.trusted("ca")] {
            let report = try await fixture.verify(trusted)
            #expect(report.signatureCodes == codes)
            #expect(report.exitStatus == (codes.isEmpty ? 0 : 2))
        }
    }

    @Test func `a changed token is named, and no answer relies on it`() async throws {
        try await stamped()
        let reading = try Ledger.open(at: fixture.path, for: .reading)
        var token = try reading.read { try $0.snapshot.timestamps(of: 4)[0].token }
        await reading.close()
        token[token.count - 1] ^= 1
        try fixture.tamper(
            "UPDATE timestamps SET token = ?, digest = ? WHERE size = 4",
            blobs: token, SHA256.digest(of: token).bytes)
        let report = try await fixture.verify()
        #expect(report.signatureCodes == ["timestamp_wrong"] && report.exitStatus == 2)
        #expect(report.findings.of(.signatures).map(\.entry) == [3])
        let ledger = try Ledger.open(at: fixture.path, for: .reading)
        #expect(try !TimestampList(of: ledger).holds)
        #expect(try LedgerStatus(of: ledger).timestamp?.size == 2)
        #expect(try await ledger.explain("a").proof.timestamps.all.map(\.size) == [2])
        let why = try await ledger.explain("b")
        #expect(why.proof.timestamps.all.isEmpty)
        #expect(why.notes.contains { $0.contains("a time stamp of a tree that holds the entry does not hold") })
        await ledger.close()
    }

    @Test func `a table of time stamps that cannot be read does not keep the rest from being verified`() async throws {
        try await stamped()
        try fixture.tamper(
            "DROP TABLE timestamps; CREATE TABLE timestamps (size, digest, token); INSERT INTO timestamps VALUES ('x', 1, NULL)"
        )
        let report = try await fixture.verify()
        #expect(report.signatureCodes == ["timestamp_wrong"])
        #expect(report.findings.of(.integrity).map(\.code).contains("structure_changed"))
        #expect(report.log?.root != nil && report.verdict(.citations) == .holds)
    }
}
