import Because

extension FuzzEntry {
    /// A signed note, and the checkpoint that its text may be.
    static let note = FuzzEntry(
        name: "note", maximumByteCount: 4096, dictionary: "note",
        check: { bytes in
            let note: SignedNote
            do { note = try SignedNote(parsing: bytes) } catch { return read(error) }
            require(note.bytes == bytes, "a note gives the bytes it was read from")
            require((1...SignedNote.maximumSignatureCount).contains(note.signatures.count), "1 to 100 signatures")
            require(
                (try? SignedNote(text: note.text, signatures: note.signatures)) == note, "parts make the note again")
            checkSignatures(of: note)
            checkCheckpoint(of: note)
        },
        seeds: { shared in
            shared.files("vectors/tlog-tiles-small", prefix: "checkpoint")
                + [1, 2, 7, 15].map { size in ExampleLog.example { try ExampleLog.note(size).bytes } }
        },
        large: {
            let signature = ExampleLog.example { try ExampleLog.checkpoint(7).signed(by: ExampleLog.key) }
                .signatures[0].line
            let text = "text\n".repeated(900_000)
            let ours = "\(ExampleLog.key.sign(text.bytes).line)\n"
            return [
                "\(text)\n\(ours.repeated(ours.utf8.count * 100))",
                "\("\n".repeated(999_000))\(signature)\n",
                "a\n\n".repeated(),
                "a\n\n\("\(signature)\n".repeated())",
                "a\n\n— \("é".repeated(900_000)) AAAAAAA=\n",
                "a\n\n— a \("AAAA".repeated(900_000))\n",
                "example.com/log/testdata\n7\n\(Digest.zero.base64)\n\("x\n".repeated(900_000))\n\(signature)\n",
            ].map(\.bytes)
        })

    private static func checkSignatures(of note: SignedNote) {
        do {
            let verified = try note.verified(by: ExampleLog.keys)
            // Ed25519 signs a text in one way only, so a signature that is right is the one we make.
            for signature in verified.signatures where signature.key == ExampleLog.key.verifierKey {
                require(note.signatures.contains(ExampleLog.key.sign(note.text)), "only the key signs for itself")
            }
        } catch { read(error) }
    }

    private static func checkCheckpoint(of note: SignedNote) {
        let checkpoint: Checkpoint
        do { checkpoint = try Checkpoint(parsing: note.text) } catch { return read(error) }
        require(checkpoint.text == note.text, "a checkpoint gives the text it was read from")
        require(
            Checkpoint(
                origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root,
                extensions: checkpoint.extensions) == checkpoint, "parts make the checkpoint again")
        do {
            let trusted = try note.trustedCheckpoint(by: ExampleLog.keys)
            require(trusted.checkpoint == checkpoint, "what is trusted is what was read")
            require(note.signatures.contains(ExampleLog.key.sign(note.text)), "the log signed what is trusted")
        } catch { read(error) }
    }

    /// Signature lines alone, as a witness answers with them.
    static let cosignature = FuzzEntry(
        name: "cosignature", maximumByteCount: 2048, dictionary: "note",
        check: { bytes in
            let lines: [NoteSignature]
            do { lines = try NoteSignature.lines(parsing: bytes) } catch { return read(error) }
            require(lines.flatMap { "\($0.line)\n".bytes } == bytes, "lines give the bytes they were read from")
            let note = ExampleLog.example { try ExampleLog.checkpoint(7).signed(by: ExampleLog.key) }
            for line in lines { checkCosignature(line, of: note.text) }
            do {
                let cosigned = try note.adding(lines)
                require(
                    try SignedNote(parsing: cosigned.bytes) == cosigned, "a note with further lines reads back")
                _ = try cosigned.trustedCheckpoint(by: ExampleLog.keys)
            } catch { read(error) }
        },
        seeds: { _ in
            let text = ExampleLog.checkpoint(7).text
            let lines = ExampleLog.witnesses.map { "\($0.cosign(text, time: 1_700_000_000).line)\n".bytes }
            return lines + [lines.flatMap(\.self), "\(ExampleLog.key.sign(text).line)\n".bytes]
        },
        large: {
            let line = "\(ExampleLog.witnesses[0].cosign(ExampleLog.checkpoint(7).text, time: 1).line)\n"
            return [
                line.repeated(), line.repeated(line.utf8.count * 100), "\n".repeated(), "— ".repeated(),
                "— a \("AAAA".repeated())\n",
            ].map(\.bytes)
        })

    private static func checkCosignature(_ line: NoteSignature, of text: [UInt8]) {
        guard let cosignature = Cosignature(line.signature) else { return }
        require(cosignature.bytes == line.signature, "a cosignature gives the bytes it was read from")
        for witness in ExampleLog.witnesses where cosignature.verify(text, by: witness.cosignatureKey.publicKey) {
            let ours = Cosignature(of: text, time: cosignature.time, by: witness)
            require(ours == cosignature, "only a witness signs for itself")
        }
    }
}
