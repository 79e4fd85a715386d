import Because

extension FuzzEntry {
    /// A change of a policy as `because witness` makes it: a line that says which, and the text that is changed.
    static let policyDocument = FuzzEntry(
        name: "policy-document", maximumByteCount: 4096, dictionary: "note",
        check: { bytes in
            guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return }
            let text = Array(bytes[(end + 1)...])
            let before: PolicyDocument
            do throws(NoteError) { before = try PolicyDocument(parsing: text) } catch {
                read(error)
                let isPolicy = (try? Policy(parsing: text)) != nil
                return require(!isPolicy || error == .noteNotUTF8, "a policy in UTF-8 can be changed")
            }
            require(before.bytes == text, "a document gives the bytes it was read from")
            require((try? Policy(parsing: text)) == before.policy, "a document means what its text says")
            let words = bytes[..<end].split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            let fields = words.map { String(decoding: $0, as: UTF8.self) } + ["", "", "", ""]
            let quorum = PolicyDocument.Quorum(fields[4])
            switch fields[0] {
            case "add": checkAdding(to: before, fields[1], fields[2], fields[3], quorum)
            case "remove": checkRemoving(from: before, fields[1], PolicyDocument.Quorum(fields[2]))
            case "log": checkLog(in: before, fields[1])
            default: for witness in before.policy.witnesses { checkRemoving(from: before, "\(witness.name)", quorum) }
            }
        },
        seeds: { shared in
            let keys = ExampleLog.witnesses.map(\.cosignatureKey.text)
            let documents =
                policy.seeds(shared) + [
                    "witness \u{E9} \(keys[0]) https://w0\ngroup witnesses all \u{E9}\nquorum witnesses\n".bytes,
                    "# mine\nlog \(ExampleLog.key.verifierKey.text)\nwitness w0 \(keys[0]) https://w0\ngroup witnesses all w0\nquorum witnesses\n"
                        .bytes,
                ]
            return documents.flatMap { document in
                [
                    "add\tnew\t\(keys[1])\thttps://new.example/\tall\n", "remove\tw0\n", "remove\tw1\tany\n",
                    "add\te\u{301}\t\(keys[1])\thttps://new.example/\tall\n", "remove\t\u{E9}\n",
                    "log\t\(ExampleLog.key.verifierKey.text)\n", "\n",
                ].map { $0.bytes + document }
            }
        },
        large: {
            let edit = "add\tnew\t\(ExampleLog.witnesses[1].cosignatureKey.text)\thttps://new.example/\n"
            return policy.large().flatMap { [edit.bytes + $0, "remove\tw\n".bytes + $0] }
                + [
                    "add\tnew\tx\thttps://\("x".repeated())\nquorum none\n".bytes,
                    "add\tnew\tx\t\("x".repeated())\nquorum none\n".bytes,
                    "remove\t\("x".repeated())\nquorum none\n".bytes,
                    "add\t\("x ".repeated())\nquorum none\n".bytes,
                ]
        })

    /// Lines that are neither of a group nor of the quorum, sorted: these stay as a person wrote them.
    private static func kept(_ document: PolicyDocument) -> [ArraySlice<UInt8>] {
        document.bytes.split(separator: UInt8(ascii: "\n")).filter { line in
            let word = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.first
            return !["group", "quorum"].contains { word?.elementsEqual($0.utf8) == true }
        }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// What holds after every change, whether it was made or refused.
    private static func checkWhole(_ after: PolicyDocument) {
        require((try? Policy(parsing: after.bytes)) == after.policy, "a changed document means what its text says")
    }

    private static func refused(_ error: PolicyDocument.Problem, _ after: PolicyDocument, _ before: PolicyDocument) {
        read(error)
        require(after.bytes == before.bytes && after.policy == before.policy, "what is refused changes nothing")
    }

    private static func checkAdding(
        to before: PolicyDocument, _ name: String, _ key: String, _ url: String, _ quorum: PolicyDocument.Quorum?
    ) {
        var after = before
        do throws(PolicyDocument.Problem) { try after.add(name, key: key, url: url, quorum: quorum) } catch {
            return refused(error, after, before)
        }
        checkWhole(after)
        let (old, new) = (before.policy, after.policy)
        let added = new.witnesses.filter { $0.name == Policy.Name(name) }
        require(
            added.count == 1 && added[0].key.text.bytes == key.bytes && added[0].url?.bytes == url.bytes,
            "what was added is there")
        require(new.witnesses.filter { $0.name != Policy.Name(name) } == old.witnesses, "the others stay")
        require(new.logs == old.logs, "the logs stay")
        let lines = Set(kept(after))
        require(kept(before).allSatisfy(lines.contains), "the lines of a person stay")
        if before.isManaged || after.isManaged {
            let group = new.groups.first { $0.name == new.quorum }
            require(group?.members.contains(Policy.Name(name)) == true, "who was added is in the group")
            if quorum == .all { require(group?.threshold == group?.members.count, "all are all") }
        } else {
            require(new.groups == old.groups && new.quorum == old.quorum, "another quorum is not touched")
        }
        var again = after
        do throws(PolicyDocument.Problem) { try again.remove(name) } catch {
            if case .refused(.policy(_, .threshold)) = error { return refused(error, again, after) }
            fatalError("property does not hold: what was added can be removed: \(error)")
        }
        checkWhole(again)
        require(again.policy.witnesses == old.witnesses, "added and removed, the witnesses are the same")
    }

    private static func checkRemoving(
        from before: PolicyDocument, _ name: String, _ quorum: PolicyDocument.Quorum?
    ) {
        var after = before
        do throws(PolicyDocument.Problem) { try after.remove(name, quorum: quorum) } catch {
            return refused(error, after, before)
        }
        checkWhole(after)
        let rest = before.policy.witnesses.filter { $0.name != Policy.Name(name) }
        require(after.policy.witnesses == rest, "one witness goes, the others stay")
        require(rest.count == before.policy.witnesses.count - 1, "what was removed was there")
        require(after.policy.logs == before.policy.logs, "the logs stay")
        if after.policy.quorum == nil { require(before.isManaged || before.policy.quorum == nil) }
    }

    private static func checkLog(in before: PolicyDocument, _ text: String) {
        guard let key = try? VerifierKey(parsing: text) else { return }
        var after = before
        do throws(PolicyDocument.Problem) { try after.add(log: key) } catch { return refused(error, after, before) }
        checkWhole(after)
        require(after.policy.logs.contains { $0.key == key }, "the key that was added is there")
        require(after.policy.logs.filter { $0.key != key } == before.policy.logs.filter { $0.key != key })
        require(after.policy.witnesses == before.policy.witnesses && after.policy.groups == before.policy.groups)
        require(after.policy.quorum == before.policy.quorum, "the quorum stays")
    }
}
