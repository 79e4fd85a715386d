import JSON

extension ErasedRecord {
    /// What was erased, in a line.
    public var text: String {
        VisibleText.line("\(id), entry \(number): erased \(fields.joined(separator: ", ")), as entry \(entry) says")
    }

    /// `{"erased_by","fields","id","n","type"}`.
    public var json: JSON {
        [
            "id": .string(id), "n": .integer(Int64(number)), "type": .string(type),
            "fields": .array(fields.map(JSON.string)), "erased_by": .integer(Int64(entry)),
        ]
    }
}

extension Scrubbing {
    /// `done` or `due`, and why.
    func add(to object: inout JSONObject) {
        switch self {
        case .done: object["scrubbing"] = "done"
        case .due(let reason):
            object["scrubbing"] = "due"
            object["reason"] = .string(reason)
        }
    }

    /// What a person must know; `nil` where all is done.
    public var remark: String? {
        switch self {
        case .done: nil
        case .due(let reason):
            "committed, and out of every answer; scrubbing is due: \(reason). It is done when the ledger is opened next to record, or by because erase --resume"
        }
    }
}

extension ErasureSummary {
    /// What was done, a line for each record.
    public var text: String {
        erased.map { "\($0.text)\n" }.joined()
            + before.map { erasure in
                let fields = erasure.knownFields
                let what = fields.isEmpty ? "\(erasure.erasure.digests.count) fields" : fields.joined(separator: ", ")
                return VisibleText.line(
                    "erased before: \(what), on \(erasure.at), as entry \(erasure.erasure.entry) says") + "\n"
            }.joined()
    }

    /// Whether nothing more is to be done in the folder of the ledger.
    public var isComplete: Bool { scrubbing == .done && unreached.isEmpty }

    /// `{"before","erased","format","reason"?,"scrubbing","unreached"}`.
    public var json: JSON {
        var object: JSONObject = [
            "format": "because-erasure/1", "erased": .array(erased.map(\.json)),
            "before": .array(
                before.map {
                    [
                        "erased_by": .integer(Int64($0.erasure.entry)), "at": .string($0.at.description),
                        "fields": .array($0.knownFields.map(JSON.string)),
                    ]
                }),
            "unreached": .array(unreached.map(JSON.string)),
        ]
        scrubbing.add(to: &object)
        return .object(object)
    }
}
