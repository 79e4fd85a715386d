extension ProofCheck {
    /// The result for programs. Members are only ever added.
    ///
    /// `{"format":"because-check/1","verdict","exit_status","shows","does_not_show",…}`; `verdict` is `holds`,
    /// `not_witnessed` (everything holds but the quorum), `broken` or `cannot_tell`. The last two have `problem`
    /// `{"code","message"}` and nothing below. The others have
    /// - `log` `{"origin","size","root","signed_by"}`: the signed tree; `root` in base64url, `signed_by` a list of verifier keys
    /// - `entry` `{"n","bytes"}`, and for an entry of a ledger `id`, `type`, `at`, `leaf`, `body`
    /// - `disclosed` `[{"field","value"}]`, `sealed` `[{"object","digest"}]`
    /// - `citations` `[{"ref","section_digest","document_digest","text"?}]`: words that are there have that digest
    /// - `witnessing` `{"verdict","quorum"?,"witnesses":[{"name","key","time"}]}`; `verdict` is `not_asked` (no policy),
    ///   `not_required`, `met` or `not_met`; `time` in seconds since 1970
    /// - `unchecked_signatures`: how many are by keys that were not given
    /// - `keys` `[{"n","at","previous","key","revoked"}]`: changes of keys that both keys signed
    public var json: JSON {
        var object: JSONObject = [
            "format": "because-check/1", "verdict": .string(verdict.rawValue),
            "exit_status": .integer(Int64(exitStatus)),
        ]
        switch result {
        case .failure(let error):
            object["problem"] = ["code": .string(error.code), "message": .string("\(error)")]
        case .success(let proof):
            for member in proof.json(trust).members { object[member.name] = member.value }
        }
        return .object(object)
    }
}

extension CheckedProof {
    fileprivate func json(_ trust: Trust) -> JSONObject {
        let sections = sections(trust)
        func lines(_ title: String) -> JSON {
            .array((sections.first { $0.title == title }?.lines ?? []).map(JSON.string))
        }
        let tree = checkpoint.checkpoint
        let signers = checkpoint.note.signatures.filter { $0.key.kind == .note }
        return [
            "shows": lines("It shows"), "does_not_show": lines("It does not show"), "entry": entry,
            "log": [
                "origin": .string(tree.origin), "size": JSON(tree.size), "root": .string(tree.root.base64URL),
                "signed_by": .array(signers.map { .string($0.key.text) }),
            ],
            "disclosed": .array((content?.disclosed ?? []).map { ["field": .string($0.path), "value": $0.value] }),
            "sealed": .array(
                (content?.sealed ?? []).map {
                    ["object": .string($0.object), "digest": .string($0.digest.base64URL)]
                }),
            "citations": .array((content?.citations ?? []).map(\.json)),
            "witnessing": witnessing.json, "unchecked_signatures": .integer(Int64(uncheckedSignatureCount)),
            "keys": .array(keyChanges.map(\.json)),
        ]
    }

    private var entry: JSON {
        var object: JSONObject = ["n": JSON(index), "bytes": .integer(Int64(byteCount))]
        if let content {
            object["id"] = .string(content.entry.id)
            object["type"] = .string(content.entry.type)
            object["at"] = .string(content.entry.at.description)
            object["leaf"] = .string(content.entry.leaf.base64URL)
            object["body"] = content.body
        }
        return .object(object)
    }
}

extension CheckedProof.CitedWords {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "ref": .string(ref), "section_digest": .string(citation.section.base64URL),
            "document_digest": .string(citation.document.base64URL),
        ]
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}

extension Evidence.KeyChange {
    fileprivate var json: JSON {
        [
            "n": JSON(entry), "at": .string(at.description), "previous": .string(previous.text),
            "key": .string(key.text), "revoked": .bool(isRevocation),
        ]
    }
}

extension PolicyWitnessing {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "witnesses": .array(
                cosigners.map {
                    ["name": .string("\($0.name)"), "key": .string($0.key.text), "time": JSON($0.time)]
                })
        ]
        switch self {
        case .notAsked: object["verdict"] = "not_asked"
        case .notRequired: object["verdict"] = "not_required"
        case .met(let quorum, _):
            object["verdict"] = "met"
            object["quorum"] = .string("\(quorum)")
        case .notMet(let quorum, _):
            object["verdict"] = "not_met"
            object["quorum"] = .string("\(quorum)")
        }
        return .object(object)
    }
}

extension JSON {
    /// A number that another log may have made larger than an integer of JSON can be.
    fileprivate init(_ number: UInt64) {
        self = number <= UInt64(JSON.integerLimit) ? .integer(Int64(number)) : .decimal(String(number))
    }
}
