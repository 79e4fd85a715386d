extension PublishedLogReport {
    /// The verdict and the findings as lines of text.
    public var text: String {
        var lines: [String] = []
        if let checkpoint {
            lines.append("log         \(checkpoint.origin)")
            lines.append("entries     \(checkpoint.size), in \(fileCount) files; root \(checkpoint.root)")
        }
        for signature in trusted?.note.signatures ?? [] {
            let role = signature.key.kind == .note ? "signed by" : "cosigned by"
            lines.append("\(role.padded(12))\(signature.key.text)")
        }
        for finding in findings { lines.append("    \(finding.isBroken ? "" : "note: ")\(finding.message)") }
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) where count > Self.limit {
            lines.append("    and \(count - Self.limit) more of the kind \(code)")
        }
        if !isListed, checkpoint != nil { lines.append("    note: further files were not looked for") }
        lines += ["", conclusion]
        return lines.map(VisibleText.line).joined(separator: "\n") + "\n"
    }

    private var conclusion: String {
        switch exitStatus {
        case 0:
            "The published log holds: these are the entries that the log signed, in their order. It does not show that what was recorded is true."
        case 1: "The files fit together. No signature was checked: without a key, nothing shows who made this log."
        default: "The published log does not hold."
        }
    }

    /// `{"counts","exit_status","files","findings","format","origin"?,"root"?,"signatures","size"?}`.
    public var json: JSON {
        var object: JSONObject = [
            "format": "because-published-log/1", "exit_status": .integer(Int64(exitStatus)),
            "files": .integer(Int64(fileCount)), "counts": .object(JSONObject(counts: counts)),
            "findings": .array(findings.map(\.json)),
            "signatures": .array((trusted?.note.signatures ?? []).map { .string($0.key.text) }),
        ]
        if let checkpoint {
            object["origin"] = .string(checkpoint.origin)
            object["size"] = Int64(exactly: checkpoint.size).map(JSON.integer)
            object["root"] = .string(checkpoint.root.base64URL)
        }
        return .object(object)
    }
}

extension PublishedFinding {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "file": .string(file), "code": .string(code), "message": .string(message),
            "severity": .string(isBroken ? "broken" : "notice"),
        ]
        object["entry"] = entry.flatMap { Int64(exactly: $0) }.map(JSON.integer)
        return .object(object)
    }
}

extension String {
    fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
