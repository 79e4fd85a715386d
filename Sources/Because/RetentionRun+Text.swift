import JSON

extension RetentionRun {
    /// What is due, by class: every record where `isList`, else how many.
    public func text(isList: Bool) -> String {
        var lines: [String] = []
        for due in classes {
            let held = due.held.isEmpty ? "" : ", \(due.held.count) more held"
            lines.append(
                "\(due.retentionClass.name): \(due.due.count) recorded up to \(due.cutoff) due to be erased\(held)")
            guard isList else { continue }
            lines += due.due.map { "    \($0.id), entry \($0.number), \($0.type), \($0.at)" }
            lines += due.held.map {
                "    \($0.record.id), entry \($0.record.number), \($0.record.type), \($0.record.at): held \($0.hold.sentence)"
            }
        }
        for (name, count) in unknownClasses.sorted(by: { $0.key < $1.key }) {
            lines.append("\(name): nothing is set for this class, which \(count) records name")
        }
        if let entry { lines.append("\(erased.count) erased, as entry \(entry) says") }
        return lines.map { VisibleText.line($0) + "\n" }.joined()
    }

    /// `{"classes":[{"class","cutoff","due","held"}],"erased"?,"format","n"?,"scrubbing"?,"unknown_classes"}`.
    public func json(_ scrubbing: Scrubbing? = nil) -> JSON {
        var object: JSONObject = [
            "format": "because-retention/1", "unknown_classes": .object(JSONObject(counts: unknownClasses)),
            "classes": .array(
                classes.map { due in
                    [
                        "class": .string(due.retentionClass.name), "cutoff": .string(due.cutoff.description),
                        "due": .array(due.due.map { .object($0.json) }),
                        "held": .array(
                            due.held.map { held in
                                var object = held.record.json
                                object["hold"] = held.hold.json
                                return .object(object)
                            }),
                    ]
                }),
        ]
        object["n"] = entry.map { .integer(Int64($0)) }
        if entry != nil { object["erased"] = .array(erased.map(\.json)) }
        scrubbing?.add(to: &object)
        return .object(object)
    }
}

extension RetentionRun.Record {
    fileprivate var json: JSONObject {
        ["id": .string(id), "n": .integer(Int64(number)), "type": .string(type), "at": .string(at.description)]
    }
}

extension RetentionClass {
    /// `90m`, `12h`, `180d` or `26w` as seconds; `nil` for anything else, and beyond a thousand years.
    public static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), text.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }),
            let count = Int64(text.dropLast())
        else { return nil }
        let (seconds, overflows) = count.multipliedReportingOverflow(by: unit)
        return overflows || seconds > limit ? nil : seconds
    }

    /// Seconds as `seconds` reads them, in the largest unit that fits.
    private static func text(_ seconds: Int64) -> String {
        for (unit, size) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where seconds > 0 && seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }

    public func text(isDefault: Bool) -> String {
        let times = [minimum.map { "at least \(Self.text($0))" }, maximum.map { "at most \(Self.text($0))" }]
        return "\(name): kept \(times.compactMap(\.self).joined(separator: ", "))\(isDefault ? "; default" : "")\n"
    }

    /// `{"class","default","maximum"?,"minimum"?}`, in seconds.
    public func json(isDefault: Bool) -> JSON {
        var object: JSONObject = ["class": .string(name), "default": .bool(isDefault)]
        object["minimum"] = minimum.map(JSON.integer)
        object["maximum"] = maximum.map(JSON.integer)
        return .object(object)
    }
}
