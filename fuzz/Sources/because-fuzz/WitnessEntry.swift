import Because

extension FuzzEntry {
    /// What a log asks of a witness, as the witness receives it.
    static let request = FuzzEntry(
        name: "request", maximumByteCount: 8192, dictionary: "note",
        check: { bytes in
            let request: AddCheckpointRequest
            do { request = try AddCheckpointRequest(parsing: bytes) } catch { return read(error) }
            require(request.bytes == bytes, "a request gives the bytes it was read from")
            require(request.proof.hashes.count <= AddCheckpointRequest.maximumHashCount, "at most 63 hashes")
            let again = try? AddCheckpointRequest(
                oldSize: request.oldSize, proof: request.proof, note: request.note)
            require(again == request, "parts make the request again")
            checkProof(of: request)
        },
        seeds: { _ in
            let sizes = [(0, 1), (0, 15), (1, 2), (3, 7), (7, 7), (8, 15), (14, 15)]
            return sizes.map { old, size in
                ExampleLog.example {
                    try AddCheckpointRequest(
                        oldSize: UInt64(old), proof: ExampleLog.consistency(old, size), note: ExampleLog.note(size)
                    ).bytes
                }
            }
        },
        large: {
            let note = String(decoding: ExampleLog.example { try ExampleLog.note(7).bytes }, as: UTF8.self)
            return [
                "old 3\n\("\(Digest.zero.base64)\n".repeated())\n\(note)", "old \("1".repeated())\n\n\(note)",
                "old 3\n\n\(note.repeated())", "old 3\n".repeated(), "old 3\n\("\n".repeated())",
                "old 3\n\("A".repeated())\n\n\(note)",
            ].map(\.bytes)
        })

    /// Sizes and roots of any magnitude: a proof holds, or an error says that it does not.
    private static func checkProof(of request: AddCheckpointRequest) {
        let (old, size) = (request.oldSize, request.checkpoint.size)
        do {
            _ = try request.note.trustedCheckpoint(by: [ExampleLog.key.verifierKey])
            // What the log signed of its fifteen entries, and whatever was made of the rest of the request.
            guard old <= size, size <= UInt64(ExampleLog.entries.count) else { return }
            let roots = [old, size].map { ExampleLog.checkpoint(Int($0)).root }
            require(request.checkpoint.root == roots[1], "the log signed what is trusted")
            try request.proof.check(from: old, fromRoot: roots[0], to: size, toRoot: roots[1])
            let exact = ExampleLog.example { try ExampleLog.consistency(Int(old), Int(size)) }
            require(request.proof == exact, "one proof from a size to another")
        } catch { read(error) }
        do {
            try request.proof.check(
                from: old, fromRoot: MerkleTree.emptyRoot, to: size, toRoot: request.checkpoint.root)
            require(old == 0 || old == size, "only an empty tree, or the same, has the root of an empty tree")
        } catch { read(error) }
    }

    /// What a witness answers; the first byte says with which status and media type.
    static let answer = FuzzEntry(
        name: "answer", maximumByteCount: 2048, dictionary: "note",
        check: { bytes in
            guard let first = bytes.first else { return }
            let body = Array(bytes.dropFirst())
            let (status, type) = forms[Int(first) % forms.count]
            let answer = AddCheckpointAnswer(status: status, contentType: type, retryAfter: Int(first), body: body)
            switch answer {
            case .cosignatures(let lines):
                require(status == 200, "only 200 brings cosignatures")
                require(lines.flatMap { "\($0.line)\n".bytes } == body, "lines give the bytes they were read from")
                checkLines(lines)
            case .conflict(let size): require(status == 409 && "\(size)\n".bytes == body, "a size is one number")
            case .fork: require(status == 409 && body.isEmpty, "a fork is an empty answer")
            case .inconsistent: require(status == 422, "422 is of a proof")
            case .later(let seconds): require(status == 429 && seconds == Int(first), "429 says when")
            case .refused(let refusal):
                let text = "\(refusal)"
                require(!text.isEmpty && text.utf8.count < 8192, "a refusal is short, however long the answer is")
                requireVisible(VisibleText.line(text), keepsLines: false)
            }
        },
        seeds: { _ in
            let text = ExampleLog.checkpoint(7).text
            let lines = ExampleLog.witnesses.map { "\($0.cosign(text, time: 1_700_000_000).line)\n".bytes }
            return [
                [0] + lines[0], [0] + lines[1] + lines[0], [0], [1] + "7\n".bytes, [2] + "7\n".bytes, [3], [4], [5],
                [6],
                [1] + "18446744073709551615\n".bytes, [7], [8], [9] + "text".bytes,
            ]
        },
        large: {
            cosignature.large().map { [0] + $0 } + [
                [1] + "1".repeated().bytes, [1] + "1\n".repeated().bytes, [9] + "x".repeated().bytes,
            ]
        })

    private static let forms: [(status: Int, type: String?)] = [
        (200, "text/plain"), (409, "text/x.tlog.size"), (409, "Text/X.TLog.Size; charset=utf-8"), (409, nil),
        (400, nil),
        (403, nil), (404, nil), (413, nil), (422, nil), (500, nil), (429, nil),
    ]

    /// The witness's own line is found among the others, or the answer is refused.
    private static func checkLines(_ lines: [NoteSignature]) {
        let note = ExampleLog.example { try ExampleLog.checkpoint(7).signed(by: ExampleLog.key) }
        for witness in ExampleLog.witnesses {
            do {
                let (line, time) = try note.cosignature(by: witness.cosignatureKey, among: lines)
                require(line == witness.cosign(note.text, time: time), "only a witness signs for itself")
            } catch { read(error) }
        }
    }
}
