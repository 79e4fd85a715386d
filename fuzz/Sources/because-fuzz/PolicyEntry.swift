import Because

extension FuzzEntry {
    /// A C2SP tlog-policy.
    static let policy = FuzzEntry(
        name: "policy", maximumByteCount: 4096, dictionary: "note",
        check: { bytes in
            let policy: Policy
            do { policy = try Policy(parsing: bytes) } catch { return read(error) }
            require((try? Policy(parsing: written(policy))) == policy, "a policy written anew reads the same")
            checkQuorum(policy)
            for size in [1, 15] {
                do {
                    let note = ExampleLog.example { try ExampleLog.note(size) }
                    let trusted = try policy.evaluate(note, logs: [ExampleLog.key.verifierKey])
                    require(policy.isSatisfied(by: policy.cosigners(of: trusted)), "what is trusted has its quorum")
                } catch { read(error) }
            }
        },
        seeds: { _ in
            let log = "log \(ExampleLog.key.verifierKey.text) https://example.com/log\n"
            let witnesses = ExampleLog.witnesses.enumerated().map { "witness w\($0) \($1.cosignatureKey.text)\n" }
            let all = witnesses.joined()
            return [
                "quorum none\n", log + "quorum none\n", log + witnesses[0] + "quorum w0\n",
                log + all + "group g 1 w0 w1\nquorum g\n", log + all + "group g all w0 w1\nquorum g\n",
                "# comment\n\n" + log + all + "group g any w0\ngroup h 2 g w1\nquorum h\n",
            ].map(\.bytes)
        },
        large: {
            let witness = "witness w \(ExampleLog.witnesses[0].cosignatureKey.text)\n"
            let groups = (0..<40_000).map { "group g\($0) any \($0 == 0 ? "w" : "g\($0 - 1)")\n" }.joined()
            let wide = (0..<100_000).map { " x\($0)" }.joined()
            let keys = (0..<7_000).map { number in
                let seed = withUnsafeBytes(of: UInt64(number)) { Array($0) }
                let key = ExampleLog.example {
                    try SigningKey.generate(
                        name: "w", randomness: Randomness { $0.copyBytes(from: seed + seed + seed + seed) })
                }
                return "witness w\(number) \(key.cosignatureKey.text)\n"
            }
            let members = (0..<7_000).map { " w\($0)" }.joined()
            return [
                witness + groups + "quorum g39999\n", "group g 1\(wide)\nquorum g\n",
                keys.joined() + "group g 7000\(members)\nquorum g\n",
                "\("\n".repeated())quorum none\n", "\("# ".repeated())\n",
            ].map(\.bytes)
        })

    /// The lines that say what `policy` says.
    private static func written(_ policy: Policy) -> [UInt8] {
        var bytes: [UInt8] = []
        func url(_ url: String?) -> String { url.map { " \($0)" } ?? "" }
        for log in policy.logs { bytes += "log \(log.key.text)\(url(log.url))\n".bytes }
        for witness in policy.witnesses {
            bytes += "witness ".bytes + witness.name.bytes + " \(witness.key.text)\(url(witness.url))\n".bytes
        }
        for group in policy.groups {
            bytes += "group ".bytes + group.name.bytes + " \(group.threshold)".bytes
            for member in group.members { bytes += " ".bytes + member.bytes }
            bytes += "\n".bytes
        }
        return bytes + "quorum ".bytes + (policy.quorum?.bytes ?? "none".bytes) + "\n".bytes
    }

    /// All witnesses are enough, none are not, and one more never takes the quorum away.
    private static func checkQuorum(_ policy: Policy) {
        let names = policy.witnesses.map(\.name)
        require(policy.isSatisfied(by: names), "all witnesses make the quorum")
        require(policy.isSatisfied(by: []) == (policy.quorum == nil), "nobody makes a quorum")
        var isSatisfied = policy.quorum == nil
        for count in 0...min(names.count, 32) {
            let now = policy.isSatisfied(by: names.prefix(count))
            require(now || !isSatisfied, "one witness more does not take the quorum away")
            isSatisfied = now
        }
    }

    /// The path of a tile or bundle.
    static let path = FuzzEntry(
        name: "path", maximumByteCount: 128, dictionary: "note",
        check: { bytes in
            let path = String(decoding: bytes, as: UTF8.self)
            let tile = Tile(path: path)
            let bundle = EntryBundle(path: path)
            require(tile == nil || bundle == nil, "a path names one thing")
            if let tile {
                require(tile.path.bytes == bytes, "a tile gives the path it was read from")
                require(tile.byteCount == tile.width * Digest.byteCount, "a tile has 32 bytes for each hash")
                for size in [tile.number, tile.number &+ 1, UInt64.max] {
                    if let there = Tile(level: tile.level, number: tile.number, size: size) {
                        require(Tile(path: there.path) == there, "the path of a tile that is there reads back")
                    }
                }
            }
            if let bundle { require(bundle.path.bytes == bytes, "a bundle gives the path it was read from") }
        },
        seeds: { _ in
            let numbers: [UInt64] = [0, 1, 999, 1000, 67, 1_234_067, .max]
            let tiles = numbers.flatMap {
                [Tile(level: 0, number: $0).path, Tile(level: 63, number: $0, width: 3).path]
            }
            let bundles = numbers.flatMap { [EntryBundle(number: $0).path, EntryBundle(number: $0, width: 255).path] }
            return (tiles + bundles).map(\.bytes)
        },
        large: {
            [
                "tile/0/\("x000/".repeated())001", "tile/".repeated(), "tile/entries/\("0".repeated())", "/".repeated(),
            ].map(\.bytes)
        })

    /// The bytes of an entry bundle; the first says how many entries there must be.
    static let bundle = FuzzEntry(
        name: "bundle", maximumByteCount: 4096, dictionary: "note",
        check: { bytes in
            guard let first = bytes.first else { return }
            let bundle = EntryBundle(number: 0, width: Int(first) + 1)
            let content = Array(bytes.dropFirst())
            let entries: [[UInt8]]
            do { entries = try bundle.entries(in: content) } catch { return read(error) }
            require(entries.count == bundle.width, "as many entries as the bundle has")
            var again: [UInt8] = []
            for entry in entries { ExampleLog.example { try EntryBundle.append(entry, to: &again) } }
            require(again == content, "a bundle gives the bytes it was read from")
        },
        seeds: { shared in
            (1...15).compactMap { width in
                shared.file("vectors/tlog-tiles-small/tile/entries/000.p/\(width)").map { [UInt8(width - 1)] + $0 }
            } + [[0, 0, 0], [0, 0, 3] + "one".bytes, [1, 0, 3] + "one".bytes + [0, 0]]
        },
        large: {
            let longest = [0xFF, 0xFF] + [UInt8](repeating: 0x61, count: 65_535)
            return [
                [15] + longest.times(16), [0xFF] + longest.times(17),
                [0xFF] + [UInt8](repeating: 0, count: 512), [0xFF] + [UInt8](repeating: 0, count: 1_000_000),
            ]
        })
}
