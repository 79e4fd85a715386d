import Because

extension FuzzEntry {
    /// A proof file, as somebody receives it who has a key alone.
    static let proofFile = FuzzEntry(
        name: "proof-file", maximumByteCount: 8192, dictionary: "json",
        check: { bytes in
            let file: ProofFile
            do { file = try ProofFile(parsing: bytes) } catch { return read(error) }
            require(file.bytes == bytes, "a proof file gives the bytes it was read from")
            for key in ExampleLedger.keys.map(\.verifierKey) {
                let trust = Trust(logs: [key])
                checkFile(file, trust)
                let check = ProofCheck(bytes, trust: trust)
                requireVisible(check.text, keepsLines: true)
                checkJSON(check.json)
            }
        },
        seeds: { shared in
            shared.files(ofProject: "schema/vectors/proofs") + ExampleLedger.files.map { $0.bytes }
        },
        large: {
            let file = ExampleLedger.files[0]
            func with(disclosures: [[UInt8]] = [], citations: [ProofFile.CitedText] = [], changes: Int = 0) -> [UInt8] {
                let evidence = EntryEvidence(
                    entry: file.evidence.entry, disclosures: disclosures, proof: file.evidence.proof)
                let keyChanges = file.keyChanges.flatMap { Array(repeating: $0, count: changes) }
                return ProofFile(evidence: evidence, citations: citations, keyChanges: keyChanges).bytes
            }
            let disclosure = file.evidence.disclosures[0]
            let text = ProofFile.CitedText(ref: "a/b#c", digest: .zero, text: "")
            return [
                with(disclosures: Array(repeating: disclosure, count: 20_000)),
                with(disclosures: ["A".repeated().bytes]), with(citations: Array(repeating: text, count: 12_000)),
                with(citations: [.init(ref: "a/b#c", digest: .zero, text: "\u{202E}".repeated(300_000))]),
                with(changes: 800), "{\"format\":\"\("x".repeated())\"}".bytes, "{\"format\":\("[".repeated())".bytes,
            ]
        })

    private static func checkFile(_ file: ProofFile, _ trust: Trust) {
        do {
            let keys = try file.keys(trusting: trust.logs)
            require(
                keys.allSatisfy(ExampleLedger.keys.map(\.verifierKey).contains),
                "changes of keys lead to keys of the log alone")
        } catch { read(error) }
        do {
            let proof = try file.check(trust)
            guard let content = proof.content else { fatalError("a proof file shows an entry of a ledger") }
            require(content.entry.bytes == ExampleLedger.entries[Int(proof.index)], "an entry is one of the log")
            require(proof.checkpoint.checkpoint == ExampleLedger.checkpoint(proof.checkpoint.checkpoint.size))
            require(content.disclosed.count == file.evidence.disclosures.count, "each disclosure opens one field")
            require(
                content.disclosed.count + content.sealed.count == SealedFields.digests(in: content.body).count,
                "a field is opened or sealed")
            let words = content.citations.compactMap(\.text)
            require(words == file.citations.map(\.text) && words.allSatisfy { $0 == ExampleLedger.words })
        } catch { read(error) }
    }

    /// What `because verify --against` reads.
    static let earlier = FuzzEntry(
        name: "earlier", maximumByteCount: 8192, dictionary: "json",
        check: { bytes in
            let evidence: EarlierEvidence
            do { evidence = try EarlierEvidence(parsing: bytes) } catch { return read(error) }
            require(!evidence.notes.isEmpty, "evidence holds a checkpoint")
            require((1...evidence.notes.count).contains(evidence.sizes.count), "each checkpoint has a size")
            switch evidence.kind {
            case .checkpoint: require(evidence.notes.map(\.bytes) == [bytes], "a checkpoint is the whole file")
            case .tlogProof: require((try? TlogProof(parsing: bytes).checkpoint) == evidence.notes[0])
            case .proof: require((try? ProofFile(parsing: bytes))?.evidence.proof.checkpoint == evidence.notes[0])
            case .head:
                let slots = [bytes.prefix(1024), bytes.dropFirst(1024)]
                require(
                    evidence.notes.allSatisfy { note in slots.contains { $0.starts(with: note.bytes) } },
                    "a note is the beginning of a slot")
            }
            let given = ExampleLedger.keys[0].verifierKey
            let keys = evidence.keys(trusting: [given])
            require(keys.first == given, "the key that was given is kept")
            for note in evidence.notes {
                do {
                    let trusted = try note.trustedCheckpoint(by: keys).checkpoint
                    require(trusted == ExampleLedger.checkpoint(trusted.size), "what is trusted is what the log signed")
                } catch { read(error) }
            }
        },
        seeds: { shared in
            let notes = (1...4).map { size in ExampleLog.example { try ExampleLedger.note(size).bytes } }
            func slot(_ note: [UInt8]) -> [UInt8] { note + [UInt8](repeating: 0, count: 1024 - note.count) }
            let proofs = [(0, 1), (1, 4)].map { index, size in
                ExampleLog.example { try ExampleLedger.proof(index, size).bytes }
            }
            let heads = [
                slot(notes[0]), slot(notes[2]) + slot(notes[3]), slot([]) + slot(notes[1]), slot("torn".bytes),
            ]
            let files = ExampleLedger.files.map { $0.bytes }
            return notes + proofs + files + heads + shared.files("vectors/tlog-tiles-small", prefix: "checkpoint")
        },
        large: {
            let note = ExampleLog.example { try ExampleLedger.note(4) }
            return proofFile.large() + proof.large() + [
                note.bytes + [UInt8](repeating: 0, count: 1_000_000), [UInt8](repeating: 0, count: 1_000_000),
                note.bytes.times(4_000),
            ]
        })
}

/// The log of a small ledger, made by hand: its first entry, a decision that cites words, a change of keys, a decision.
enum ExampleLedger {
    static let origin = "acme.example/log"
    static let words = "## Privacy {#privacy}\n\nKeep what is private.\u{202E}\n"
    /// The second follows on the first with entry 2.
    static let keys = ExampleLog.example {
        let randomness = repeatable()
        return try (0..<2).map { _ in try SigningKey.generate(name: origin, randomness: randomness) }
    }
    static let decisions = ExampleLog.example { try (0..<2).map { try decision("d-\($0)") } }

    static let entries = ExampleLog.example {
        let (first, second) = (keys[0].verifierKey.text, keys[1].verifierKey.text)
        let ledger: JSON = ["format": 1, "key": .string(first), "origin": .string(origin)]
        let change: JSON = ["key": .string(second), "previous": .string(first)]
        var entries: [[UInt8]] = []
        for (type, id, body) in [
            (EntryType.ledger, "because:ledger", ledger.bytes()), (EntryType.decision, "d-0", decisions[0].bytes),
            (EntryType.key, "because:key:1", change.bytes()), (EntryType.decision, "d-1", decisions[1].bytes),
        ] {
            let link = try entries.last.map { try Entry(parsing: $0).leaf } ?? MerkleTree.emptyRoot
            let at = Timestamp(microseconds: 1_790_000_000_000_000 + Int64(entries.count))
            entries.append(
                try Entry.bytes(number: UInt64(entries.count), at: at, type: type, id: id, link: link, body: body))
        }
        return entries
    }

    /// The proof file of each decision, with all that it may hold and with nothing of that.
    static let files = ExampleLog.example {
        try [1, 3].flatMap { index in
            let (entry, place) = (entries[index], try proof(index, 4))
            let cited = Decisions.Citation.firsts(in: try Entry(parsing: entry).body()).map {
                ProofFile.CitedText(ref: $0.ref, digest: $0.citation.section, text: words)
            }
            let change = KeyChangeEvidence(entry: entries[2], proof: try proof(2, 3))
            let disclosures = decisions[index / 2].disclosures.map(\.text)
            return [
                ProofFile(
                    evidence: EntryEvidence(entry: entry, disclosures: disclosures, proof: place), citations: cited,
                    keyChanges: [change]),
                ProofFile(
                    evidence: EntryEvidence(entry: entry, disclosures: [], proof: place), citations: [], keyChanges: []),
            ]
        }
    }

    private static func decision(_ id: String) throws -> SealedBody {
        let submission = try Submission(
            checking: [
                "id": .string(id), "outcome": "refuse", "summary": "s", "inputs": [["text": "t", "name": "n"]],
                "principles": [["ref": "acme/rules#privacy", "role": "applied"]],
                "rationale": ["text": "r", "source": "model", "timing": "with"],
            ])
        let section = SHA256.digest(of: words.bytes)
        return try submission.sealed(
            randomness: repeatable(),
            resolve: { _ in .citation(Decisions.Citation(document: .zero, section: section, authority: nil)) })
    }

    private static func leaves(_ size: Int) -> [Digest] { entries.prefix(size).map { MerkleTree.leafHash($0) } }

    /// The checkpoint of `size`, as far as there is one.
    static func checkpoint(_ size: UInt64) -> Checkpoint {
        let leaves = leaves(Int(min(size, UInt64(entries.count))))
        return Checkpoint(origin: origin, size: UInt64(leaves.count), root: MerkleTree.root(of: leaves))
    }

    /// Signed by the key of its size; where that changes, by both.
    static func note(_ size: Int) throws -> SignedNote {
        let text = checkpoint(UInt64(size)).text
        let signers = size < 3 ? [keys[0]] : size == 3 ? keys : [keys[1]]
        return try SignedNote(text: text, signatures: signers.map { $0.sign(text) })
    }

    static func proof(_ index: Int, _ size: Int) throws -> TlogProof {
        let plan = try InclusionProof.plan(index: UInt64(index), size: UInt64(size))
        let nodes = try Tile.fetch(plan, size: UInt64(size)) { _ in leaves(size).flatMap(\.bytes) }
        let inclusion = try InclusionProof.assemble(nodes, index: UInt64(index), size: UInt64(size))
        return try TlogProof(index: UInt64(index), inclusion: inclusion, checkpoint: note(size))
    }
}
