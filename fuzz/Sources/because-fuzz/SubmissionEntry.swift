import Because

extension FuzzEntry {
    /// A line of the submission format, sealed and revealed again.
    static let submission = FuzzEntry(
        name: "submission", maximumByteCount: 8192, dictionary: "json",
        check: { bytes in
            // The way over the bytes may leave a line to the way over values; it never takes another line, or it otherwise.
            let fast = bytes.withUnsafeBytes { Submission(reading: $0) }
            let json: JSON
            do { json = try JSON(parsing: bytes) } catch {
                require(fast == nil, "what is no JSON is not read")
                return read(error)
            }
            checkJSON(json)
            let submission: Submission
            do { submission = try Submission(checking: json) } catch {
                require(fast == nil, "what is refused is not read")
                return read(error)
            }
            if let fast {
                require(fast.content == submission.content, "both ways read the same")
                checkSealing(fast) { _ in .unresolved(reason: "there is no such section") }
            }
            checkSealing(submission) { _ in .unresolved(reason: "there is no such section") }
            checkSealing(submission) { text in
                // Half of the references resolve, so that both kinds stand side by side.
                guard text.utf8.count % 2 == 0 else { return .unresolved(reason: "odd") }
                let digest = SHA256.digest(of: text)
                return .citation(Decisions.Citation(document: digest, section: digest, authority: "root"))
            }
            checkSealing(submission) { _ in
                .citation(Decisions.Citation(document: .zero, section: .zero, authority: nil))
            }
        },
        seeds: { shared in SampleSubmissions.texts.map(\.bytes) + shared.decisions },
        large: {
            let grounds = #""outcome":"refuse","none_cited":"n","rationale_absent":"r""#
            let members = (0..<90_000).map { "\"\($0)\":0" }.joined(separator: ",")
            let inputs = repeatElement(#"{"name":"n","text":"t","digest":"sha256:x"}"#, count: 256).joined(
                separator: ",")
            let by = repeatElement("\"a/b#c\"", count: 64).joined(separator: ",")
            let alternative = #"{"label":"l","status":"forbidden","by":[\#(by)]}"#
            let alternatives = repeatElement(alternative, count: 256).joined(separator: ",")
            return [
                "{\(members)}", "{\(grounds),\(members)}", "{\(grounds),\"context\":{\(members)}}",
                "{\(grounds),\"inputs\":[\(inputs)]}",
                "{\(grounds),\"unresolved\":\"accept\",\"alternatives\":[\(alternatives)]}",
                "{\(grounds),\"notes\":\"\("a".repeated())\"}", "{\(grounds),\"kind\":\"\("a".repeated())\"}",
                "{\(grounds),\"confidence\":{\"kind\":\"rule\",\"value\":\("9".repeated())}}",
                "{\(grounds),\"tools\":[\("\"\u{202E}\",".repeated())0]}",
                "{\(grounds),\"context\":{\"a\":[\("{},".repeated())0]}}", "{\("\"\\ud83d\\ude00\":".repeated())",
                "[".repeated(), "\"\("\\\"".repeated())", "{\"\("\u{301}".repeated(900_000))\":1}",
            ].map(\.bytes)
        })

    /// Sealed and revealed, a submission is what it was; with a field erased it still matches.
    private static func checkSealing(_ submission: Submission, _ resolve: (String) -> Resolution) {
        let sealed: SealedBody
        do { sealed = try submission.sealed(randomness: repeatable(), resolve: resolve) } catch { return read(error) }
        guard let json = try? JSON(parsing: sealed.bytes), let body = json.object else {
            fatalError("a body is an object")
        }
        require(json.bytes() == sealed.bytes, "a body is canonical")
        require(SealedFields.digests(in: json) == sealed.disclosures.map(\.digest), "disclosures in order of digests")
        for disclosure in sealed.disclosures {
            require(Disclosure(parsing: disclosure.text) == disclosure, "a disclosure reads back")
        }
        let revealed = RevealedRecord(body: body, disclosures: sealed.disclosures, as: submission.type)
        require(revealed.missing.isEmpty, "every disclosure opens its field")
        require(revealed.content == submission.content, "revealed is what was submitted")
        require(revealed.matches(submission.content), "revealed matches what was submitted")
        for index in sealed.disclosures.indices.prefix(3) {
            var rest = sealed.disclosures
            rest.remove(at: index)
            let erased = RevealedRecord(body: body, disclosures: rest, as: submission.type)
            require(erased.missing.count == 1, "one field is erased")
            require(erased.matches(submission.content), "what is left matches what was submitted")
        }
        checkEntry(sealed.bytes)
    }

    private static func checkEntry(_ body: [UInt8]) {
        do {
            let bytes = try Entry.bytes(
                number: 7, at: Timestamp(microseconds: 1_763_630_047_120_331), type: EntryType.decision, id: "a",
                link: .zero, body: body)
            require(Array(try Entry(parsing: bytes).bodyBytes) == body, "an entry keeps its body")
        } catch { read(error) }
    }
}

/// Decisions that use every field, and later facts.
enum SampleSubmissions {
    static let texts = [
        #"{"type":"attempt","decision":"d","producer":{"id":"p","epoch":"e","seq":4},"summary":"s"}"#,
        #"{"type":"action","decision":"d","phase":"observed","status":"failed","tool":"mail","arguments":{"to":[1.50]},"reason":"r"}"#,
        #"{"type":"oversight","decision":"d","phase":"given","act":"override","reason":"r","request":"o","seconds_open":3}"#,
        #"{"type":"appeal","decision":"d","phase":"decided","appeal":"x","result":"reversed","decided_by":"human","reason":"r"}"#,
        #"{"type":"correction","decision":"d","field":"inputs.0.text","is":"i","reason":"r"}"#,
        #"{"type":"explanation","decision":"d","audience":"subject","text":"t"}"#,
        #"{"type":"incident","phase":"opened","severity":"high","summary":"s"}"#,
        #"{"type":"producer","event":"gap","producer":{"id":"p","epoch":"e"},"first":3,"last":9,"reason":"r"}"#,
        #"{"outcome":"refuse","none_cited":"no rule","rationale_absent":"none given"}"#,
        #"""
        {"id":"a-1","type":"decision","occurred":"2026-11-20T09:14:07Z","kind":"respond","outcome":"comply",
        "summary":"s","principles":[{"ref":"openai/model-spec@2025-12-18#protect_privacy","role":"applied","timing":"with"},
        {"ref":"a/b#c","role":"overridden"}],"rationale":{"text":"t","source":"model","timing":"with"},
        "alternatives":[{"label":"l","status":"forbidden","by":["a#b"],"reason":"r"}],"alternatives_complete":true,
        "conflicts":[{"between":["message:user","a#b"],"rule":"higher_authority","winner":"a#b","note":"n"}],
        "confidence":{"value":0.870,"kind":"self_reported"},"unresolved":"accept"}
        """#,
        #"""
        {"outcome":"act","none_cited":"n","rationale_absent":"r","confidence":{"value":1,"kind":"calibrated"},
        "inputs":[{"name":"i","role":"user","text":"t","media":"text/plain","bytes":3,"trusted":false,
        "as_of":"2026-11-20T09:14:07+01:00"},
        {"digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000"}],
        "output":{"text":"o","media":"text/plain","bytes":1},
        "model":{"provider":"p","requested":"m","served":"m-1","fingerprint":"f"},
        "prompt":{"name":"p","version":"1"},"tools":["search","mail"],
        "producer":{"id":"billing","version":"4.2.1","epoch":"e","seq":902},"session":"s","trace":"t","span":"u",
        "subject":"customer-77","effective":true,"links":[{"rel":"caused_by","id":"b"}],"notes":"n",
        "context":{"a":{"_sd":["x"]},"b":[1.50,-0,1e3,"\u00e9\ud83d\ude00"]}}
        """#,
    ]

    /// The bodies that the samples become.
    static var sealed: [String] {
        texts.compactMap { text in
            guard let json = try? JSON(parsing: text.bytes), let submission = try? Submission(checking: json),
                let body = try? submission.sealed(
                    randomness: repeatable(),
                    resolve: { _ in .citation(Decisions.Citation(document: .zero, section: .zero, authority: "root")) })
            else { fatalError("a sample is a decision") }
            return String(decoding: body.bytes, as: UTF8.self)
        }
    }
}
