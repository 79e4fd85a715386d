extension LogReport {
    /// Whether certificates were given and do not stand behind every time stamp.
    var hasUnknownAuthority: Bool { timestampCounts[.unknown] != nil }

    /// What the time stamps add to the basis of a verdict: nothing where there are none.
    var timestampBasis: String {
        timestampCounts.isEmpty
            ? ""
            : "; time stamps: "
                + CheckedTimestamp.Standing.allCases.compactMap { standing in
                    timestampCounts[standing].map { "\($0) by \(standing.authorities)" }
                }.joined(separator: ", ")
    }

    /// `{"trusted","unchecked","unknown"}`, each a number.
    var timestampJSON: JSON {
        var object = JSONObject()
        for standing in CheckedTimestamp.Standing.allCases {
            object[standing.rawValue] = .integer(Int64(timestampCounts[standing] ?? 0))
        }
        return .object(object)
    }
}

extension CheckedTimestamp.Standing {
    fileprivate var authorities: String {
        switch self {
        case .trusted: "authorities that you trust"
        case .unchecked: "authorities whose certificates were not checked"
        case .unknown: "authorities whose certificates do not follow from those that you trust"
        }
    }
}
