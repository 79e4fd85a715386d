import Decisions

/// Drafts of submissions in their order, and which submissions were refused.
struct PreparedDrafts: Sendable {
    private var drafts: [Draft] = []
    private var refused: [(place: Int, error: RecordError)] = []
    private var count = 0

    init(_ submissions: ArraySlice<Submission>, _ preparation: inout Preparation) {
        drafts.reserveCapacity(submissions.count)
        for submission in submissions {
            do { drafts.append(try preparation.draft(submission)) } catch { refused.append((count, error)) }
            count += 1
        }
    }

    init(joining parts: [PreparedDrafts]) {
        drafts.reserveCapacity(parts.reduce(0) { $0 + $1.drafts.count })
        for part in parts {
            drafts += part.drafts
            for (place, error) in part.refused { refused.append((count + place, error)) }
            count += part.count
        }
    }

    /// Records the drafts and answers every submission.
    func record(_ writer: Writer) async -> [Result<Receipt, RecordError>] {
        var results = await writer.submit(drafts)
        // In ascending order, so each goes to its final place.
        for (place, error) in refused { results.insert(.failure(error), at: place) }
        return results
    }
}
