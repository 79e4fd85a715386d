import Decisions
public import Ledgers

/// What became of the records in a spool.
public struct Drained: Sendable {
    /// Records that the ledger has now.
    public var recorded = 0
    /// Records that it refuses for good. They lie aside in the spool, and their numbers are declared lost.
    public var refused = 0
    /// Why the rest waits on; `nil` where nothing does.
    public var stoppedBy: RecordError?
}

extension Producer {
    /// Writes records in their order, to the ledger or to the spool, after what is owed.
    func write(_ records: [Record]) async -> [Result<NumberedReceipt, ProducerError>] {
        if records.first?.isClose == true { await declareAll() }
        let owed = declarations()
        let composed = records.map { record in
            Result { () throws(SubmissionError) in try compose(record) }.mapError(ProducerError.submission)
        }
        let outgoing = owed.map(\.outgoing) + composed.compactMap { try? $0.get() }
        var settled: [Result<NumberedReceipt, ProducerError>] = []
        if !outgoing.isEmpty {
            for (sent, outcome) in zip(outgoing, await deliver(outgoing)) { settled.append(settle(sent, outcome)) }
        }
        for (owed, result) in zip(owed, settled) {
            if case .success = result { numbers.settle(owed.range, owed.loss) }
        }
        await remember()
        var rest = settled.dropFirst(owed.count)
        return composed.map { result in
            switch result {
            case .success: rest.removeFirst()
            case .failure(let error): .failure(error)
            }
        }
    }

    /// Declares numbers until only as many are left as go with one record: nothing is declared after the close.
    private func declareAll() async {
        numbers.loseFree()
        while case let owed = numbers.owed.count, owed > Self.declarationLimit {
            _ = await write([])
            guard numbers.owed.count < owed else { return }
        }
    }

    /// What became of a record that was sent.
    private enum Outcome {
        case durable(Receipt)
        case spooled
        case failed(RecordError)
        case overflowed(RecordError)
        /// What waits in the spool cannot be read, so nothing may go before it.
        case noSpool(SpoolError)
    }

    private func deliver(_ outgoing: [Outgoing]) async -> [Outcome] {
        do throws(SpoolError) {
            // What waits comes first: a later record may be about an earlier one.
            if let error = try await drainSpool().stoppedBy { return await spool(outgoing, error) }
        } catch { return outgoing.map { _ in .noSpool(error) } }
        let results = await sink.record(outgoing.map(\.submission))
        var outcomes = results.map { result -> Outcome in
            switch result {
            case .success(let receipt): .durable(receipt)
            case .failure(let error): .failed(error)
            }
        }
        guard case .spool = mode else { return outcomes }
        let waiting = results.indices.filter { results[$0].error.map { $0.standing != .refused } ?? false }
        guard let first = waiting.first, let error = results[first].error else { return outcomes }
        for (index, outcome) in zip(waiting, await spool(waiting.map { outgoing[$0] }, error)) {
            outcomes[index] = outcome
        }
        return outcomes
    }

    /// Puts records into the spool, as far as there is room.
    private func spool(_ outgoing: [Outgoing], _ error: RecordError) async -> [Outcome] {
        guard case .spool(let limit) = mode, let spool else { return outgoing.map { _ in .failed(error) } }
        // A spool whose disk is full has no room either.
        let taken = try? await spool.add(outgoing.map(\.line), limit: limit)
        return outgoing.indices.map { taken?[$0] == true ? .spooled : .overflowed(error) }
    }

    /// Gives numbers back or takes them as lost, and says to the caller what became of the record.
    private func settle(_ sent: Outgoing, _ outcome: Outcome) -> Result<NumberedReceipt, ProducerError> {
        let isUnknown = if case .failed(let error) = outcome { error.standing == .unknown } else { false }
        if sent.decision != nil { keep(sent, isUnknown: isUnknown) }
        switch outcome {
        case .durable(let receipt):
            if let number = sent.number { numbers.find(number) }
            return .success(NumberedReceipt(id: sent.id, number: sent.number, standing: .durable(receipt)))
        case .spooled: return .success(NumberedReceipt(id: sent.id, number: sent.number, standing: .spooled))
        case .overflowed(let error):
            guard let number = sent.number, sent.decision != nil else {
                if let number = sent.number { numbers.giveBack(number) }
                return .failure(.overflowed(number: nil, error))
            }
            numbers.lose(number, .overflowed)
            return .failure(.overflowed(number: number, error))
        case .noSpool(let error):
            if let number = sent.number, !sent.isBound { numbers.giveBack(number) }
            return .failure(.spool(error))
        case .failed(let error):
            if let number = sent.number, !sent.isBound {
                if isUnknown { numbers.lose(number, .unknown) } else { numbers.giveBack(number) }
            }
            return .failure(
                error.standing == .refused ? .refused(error) : .unreachable(error, mayBeRecorded: isUnknown))
        }
    }

    /// Tells the spool how far the run is and which numbers are owed, if that has changed. A disk that fails here costs only what a
    /// restart could say of this run.
    private func remember() async {
        guard let spool else { return }
        var memory = Spool.Memory()
        memory.count = numbers.announced
        memory.owed = numbers.owed.map { Spool.Owed(range: $0.range, reason: $0.loss.reason) }
        guard memory != remembered, (try? await spool.remember(memory, of: id, epoch: epoch)) != nil else { return }
        remembered = memory
    }

    // MARK: The spool

    /// Sends what waits, oldest first, until nothing does or the ledger takes no more.
    func drainSpool() async throws(SpoolError) -> Drained {
        var drained = Drained()
        guard let spool else { return drained }
        while drained.stoppedBy == nil {
            let waiting = try await spool.next(256)
            guard !waiting.isEmpty else { break }
            try await send(waiting, from: spool, &drained)
        }
        if drained.recorded + drained.refused > 0 { try await spool.scrub() }
        return drained
    }

    private func send(
        _ waiting: [Spool.Waiting], from spool: Spool, _ drained: inout Drained
    ) async throws(SpoolError) {
        var sent: [(waiting: Spool.Waiting, submission: Submission)] = []
        var recorded: [Spool.Waiting] = []
        var refused: [(Spool.Waiting, reason: String)] = []
        for waiting in waiting {
            do { sent.append((waiting, try Submission(parsing: waiting.line.bytes))) } catch {
                refused.append((waiting, "\(error)"))
            }
        }
        for (sent, result) in zip(sent, await sink.record(sent.map(\.submission))) {
            switch result {
            case .success: recorded.append(sent.waiting)
            case .failure(let error) where error.standing == .refused: refused.append((sent.waiting, "\(error)"))
            case .failure(let error): drained.stoppedBy = drained.stoppedBy ?? error
            }
        }
        try await spool.settle(recorded: recorded, refused: refused, at: now)
        drained.recorded += recorded.count
        drained.refused += refused.count
    }
}

extension Result where Failure == RecordError {
    fileprivate var error: RecordError? {
        if case .failure(let error) = self { error } else { nil }
    }
}
