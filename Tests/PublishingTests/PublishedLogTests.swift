import Testing

@testable import Because

struct PublishedLogTests {
    @Test func `every single byte that is changed in a small published log is found, and its file named`() throws {
        let log = try sampleLog.get()
        let files = try log.files(5)
        #expect(try check(files, .keys([log.key.verifierKey])).exitStatus == 0)
        for (path, bytes) in files {
            for offset in bytes.indices {
                for mask in [0x01, 0x80] as [UInt8] {
                    var changed = files
                    changed[path]?[offset] ^= mask
                    let report = try check(changed, .keys([log.key.verifierKey]))
                    #expect(report.exitStatus == 2 && report.isBroken)
                    #expect(Set(report.findings.map(\.file)) == [path], "\(path), byte \(offset)")
                }
            }
        }
    }

    @Test func `bytes changed in a log of several tiles are found, and their file named`() throws {
        let log = try sampleLog.get()
        let files = try log.files(after: [100, 300, 520, 600])
        #expect(try check(files, .keys([log.key.verifierKey])).findings.isEmpty)
        for (path, bytes) in files {
            for offset in stride(from: path.utf8.count, to: bytes.count, by: 1237) {
                var changed = files
                changed[path]?[offset] ^= 0x10
                let report = try check(changed, .keys([log.key.verifierKey]))
                #expect(report.exitStatus == 2)
                #expect(Set(report.findings.map(\.file)) == [path], "\(path), byte \(offset): \(report.findings)")
            }
        }
    }

    @Test func `a changed entry is named by its number`() throws {
        let log = try sampleLog.get()
        let other = try SampleLog(count: 600, other: 260..<261)
        var files = try log.files(600)
        var bundle: [UInt8] = []
        for number in 256..<512 {
            try EntryBundle.append((number == 260 ? other : log).entries[number], to: &bundle)
        }
        files["tile/entries/001"] = bundle
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.findings.map(\.entry) == [260] && report.findings.map(\.code) == ["entry_changed"])
    }

    @Test func `an entry that was changed together with its tile is found by the tile above`() throws {
        let log = try sampleLog.get()
        let other = try SampleLog(count: 512, other: 511..<512)
        var files = try log.files(600)
        for path in ["tile/entries/001", "tile/0/001"] { files[path] = try other.files(512)[path] }
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.exitStatus == 2)
        #expect(Set(report.findings.map(\.file)) == ["tile/entries/001", "tile/0/001"])
    }

    @Test func `a whole other history under the signed checkpoint is found by the root`() throws {
        let log = try sampleLog.get()
        var files = try SampleLog(count: 600, other: 0..<600).files(600)
        files["checkpoint"] = try log.files(600)["checkpoint"]
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.findings.map(\.code) == ["root_differs"] && report.findings[0].file == "checkpoint")
    }

    @Test func `every file that is missing or has another length is named`() throws {
        let log = try sampleLog.get()
        let files = try log.files(600)
        for (path, bytes) in files where path != "checkpoint" {
            for replacement in [nil, [], Array(bytes.dropLast()), bytes + [0]] as [[UInt8]?] {
                var changed = files
                changed[path] = replacement
                let report = try check(changed, .keys([log.key.verifierKey]))
                #expect(report.exitStatus == 2)
                #expect(Set(report.findings.map(\.file)) == [path], "\(report.findings)")
            }
        }
        #expect(throws: PublishedLogError.noCheckpoint) { try check([:], .none) }
    }

    @Test func `without an entry bundle and its tile the check ends where it must`() throws {
        let log = try sampleLog.get()
        // A log that says it has 2^62 entries is not looked for at length.
        let checkpoint = Checkpoint(origin: SampleLog.origin, size: 1 << 62, root: MerkleTree.emptyRoot)
        let report = try check(
            ["checkpoint": checkpoint.signed(by: log.key).bytes], .keys([log.key.verifierKey]))
        #expect(report.exitStatus == 2 && report.findings.map(\.code) == ["bundle_missing", "rest_unchecked"])
    }

    @Test func `files that pretend to be tiles are found, and files of others are not ours to judge`() throws {
        let log = try sampleLog.get()
        var files = try log.files(300)
        for path in ["index.html", "robots.txt", ".new", "tiles/0"] { files[path] = [1] }
        #expect(try check(files, .keys([log.key.verifierKey])).findings.isEmpty)
        for path in [
            "tile/0/0000", "tile/0/00", "tile/0/x000/000", "tile/64/000", "tile/entries/000.p/0", "tile/0/000.p/256",
            "tile/readme", "tile/data/000", "tile/0/001.p/044",
        ] {
            var more = files
            more[path] = [1]
            let report = try check(more, .keys([log.key.verifierKey]))
            #expect(report.exitStatus == 2 && report.findings.map(\.file) == [path])
        }
    }

    @Test func `partial files of earlier sizes must be the beginning of what they grew into`() throws {
        let log = try sampleLog.get()
        let other = try SampleLog(count: 100, other: 3..<4)
        for path in ["tile/0/000.p/100", "tile/entries/000.p/100"] {
            for files in [try log.files(200), try log.files(600)] {
                var more = files
                more[path] = try log.files(100)[path]
                #expect(try check(more, .keys([log.key.verifierKey])).findings.isEmpty)
                more[path] = try other.files(100)[path]
                #expect(try check(more, .keys([log.key.verifierKey])).findings.map(\.file) == [path])
            }
        }
    }

    @Test func `files of a later size are said and not judged`() throws {
        let log = try sampleLog.get()
        var files = try log.files(600)
        files["checkpoint"] = try log.files(599)["checkpoint"]
        files["tile/0/002.p/87"] = try log.files(599)["tile/0/002.p/87"]
        files["tile/entries/002.p/87"] = try log.files(599)["tile/entries/002.p/87"]
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.exitStatus == 0 && report.findings.map(\.code) == ["files_later"])
    }

    @Test func `only signatures of trusted keys are believed`() throws {
        let log = try sampleLog.get()
        let files = try log.files(3)
        let unchecked = try check(files, .none)
        #expect(unchecked.exitStatus == 1 && unchecked.findings.isEmpty && unchecked.trusted == nil)
        for key in [try SampleLog.key(SampleLog.origin, 2), try SampleLog.key("other.example", 1)] {
            let report = try check(files, .keys([key.verifierKey]))
            #expect(report.exitStatus == 2 && report.findings.map(\.file) == ["checkpoint"])
        }
    }

    @Test func `a policy wants its quorum of witnesses`() throws {
        let log = try sampleLog.get()
        let witness = try SampleLog.key("witness.example", 7)
        let lines = [
            "log \(log.key.verifierKey.text)", "witness w \(witness.cosignatureKey.text)", "quorum w", "",
        ]
        let policy = try Policy(parsing: Array(lines.joined(separator: "\n").utf8))
        var files = try log.files(3)
        #expect(try check(files, .policy(policy)).exitStatus == 2)
        let note = try log.checkpoint(3).signed(by: log.key)
        files["checkpoint"] = try note.adding([witness.cosign(note.text, time: 1_795_166_047)]).bytes
        let report = try check(files, .policy(policy))
        #expect(report.exitStatus == 0 && report.trusted?.cosignatures.count == 1)
    }

    @Test func `what the log itself signed out of order is found in its place`() throws {
        func replaced(_ entry: inout [UInt8], _ old: String, _ new: String) {
            entry = Array(String(decoding: entry, as: UTF8.self).replacing(old, with: new).utf8)
        }
        let defects: [(String, UInt64, (inout [UInt8], Int) -> Void)] = [
            ("entry_misplaced", 2, { if $1 == 2 { replaced(&$0, "\"n\":2", "\"n\":3") } }),
            ("clock_backwards", 2, { if $1 == 2 { replaced(&$0, "2026-", "2025-") } }),
            ("entry_unreadable", 4, { if $1 == 4 { $0 = Array("no entry".utf8) } }),
            (
                "link_broken", 3,
                {
                    if $1 == 3 {
                        replaced(&$0, "\"link\":\"", "\"link\":\"" + MerkleTree.emptyRoot.base64URL)
                        $0 = cut($0)
                    }
                }
            ),
        ]
        func cut(_ entry: [UInt8]) -> [UInt8] {
            // The old link follows on the new one.
            let text = String(decoding: entry, as: UTF8.self)
            let root = MerkleTree.emptyRoot.base64URL
            guard let range = text.firstRange(of: root) else { return entry }
            return Array((text[..<range.upperBound] + text[range.upperBound...].dropFirst(43)).utf8)
        }
        for (code, entry, defect) in defects {
            let log = try SampleLog(count: 6, defect: defect)
            let report = try check(log.files(6), .keys([log.key.verifierKey]))
            #expect(report.exitStatus == 2)
            #expect(report.findings.first.map { $0.code == code && $0.entry == entry } == true, "\(report.findings)")
            #expect(report.findings.allSatisfy { $0.file == "tile/entries/000.p/6" })
        }
    }

    @Test func `many findings of a kind are counted, not listed`() throws {
        let log = try sampleLog.get()
        var files = try log.files(600)
        let other = try SampleLog(count: 600, other: 0..<600)
        for path in ["tile/entries/000", "tile/entries/001"] { files[path] = try other.files(600)[path] }
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.counts == ["entry_changed": 512] && report.findings.count == PublishedLogReport.limit)
        #expect(report.text.contains("and 492 more of the kind entry_changed"))
    }
}
