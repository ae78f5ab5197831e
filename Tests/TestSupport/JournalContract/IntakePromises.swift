import SupportDesk
import Testing

extension JournalPromise {
    static let intake = [
        JournalPromise("What was admitted is read back to the last field") { bench in
            let journal = try await bench.open()
            var rejected = Sample.admission(2, state: .rejected, message: nil)
            rejected.description = nil
            let admissions = [Sample.full(1), rejected, Sample.admission(3)]
            try await journal.admit(admissions)
            for admission in admissions {
                let reference = admission.submission.reference
                let dossier = try await Sample.dossier(reference, in: journal)
                #expect(dossier.submission == admission.submission)
                #expect(dossier.description == admission.description)
                #expect(dossier.message == admission.message.map { _ in .bytes(Sample.message) })
                #expect(dossier.attempts.isEmpty)
                let event = try #require(dossier.history.first)
                #expect(dossier.history.count == 1)
                #expect(event.reference == reference)
                #expect(event.state == admission.submission.state)
                #expect(event.at == admission.submission.receivedAt)
                #expect(event.text == admission.text)
            }
        },
        JournalPromise("One bad admission undoes its whole call") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(2)])
            let before = try await Sample.dossier(Sample.admission(2).submission.reference, in: journal)
            let error = await #expect(throws: (any Error).self) {
                try await journal.admit([
                    Sample.admission(1), Sample.admission(2, subject: "Autre"), Sample.admission(3),
                ])
            }
            #expect(error is any Explained)
            await #expect(throws: (any Error).self) {
                try await journal.admit([Sample.admission(4), Sample.admission(4)])
            }
            #expect(try await journal.submissions(SubmissionQuery()).map(\.subject) == ["Impression bloquée"])
            #expect(try await Sample.dossier(Sample.admission(2).submission.reference, in: journal) == before)
            #expect(try await journal.events(after: 0, limit: 100).count == 1)
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 1])
        },
        JournalPromise("One bad call spoils none that is made at the same time") { bench in
            let journal = try await bench.open()
            try await journal.admit([Sample.admission(0)])
            let failed = await withTaskGroup(of: Int?.self) { group in
                for number in 1...200 {
                    group.addTask {
                        // Every fifth call brings something that is there already, behind something that is not.
                        let batch =
                            number % 5 == 0
                            ? [Sample.admission(number), Sample.admission(0)] : [Sample.admission(number)]
                        do {
                            try await journal.admit(batch)
                            return nil
                        } catch {
                            return number
                        }
                    }
                }
                return await group.reduce(into: Set<Int>()) { failed, number in
                    if let number { failed.insert(number) }
                }
            }
            #expect(failed == Set((1...200).filter { $0 % 5 == 0 }))
            #expect(try await journal.counts(submittedBy: nil) == [.queued: 161])
            #expect(try await journal.events(after: 0, limit: 1000).count == 161)
        },
        JournalPromise("Nothing is queued that cannot be sent") { bench in
            let journal = try await bench.open()
            let error = await #expect(throws: (any Error).self) {
                try await journal.admit([Sample.admission(1), Sample.admission(2, message: nil)])
            }
            #expect(error is any Explained)
            #expect(try await journal.submissions(SubmissionQuery()).isEmpty)
        },
        JournalPromise("Messages of every size are kept byte for byte", sizes),
        JournalPromise("A message that writes itself is kept byte for byte, whatever its size") { bench in
            let journal = try await bench.open()
            for (number, size) in [(1, 0), (2, 100), (3, 3_000_000)] {
                let bytes = Self.bytes(size)
                var admission = Sample.admission(number)
                admission.message = .writer { write in
                    for start in stride(from: 0, to: size, by: 70_000) {
                        try write(Array(bytes[start..<min(size, start + 70_000)]))
                    }
                }
                try await journal.admit([admission])
                let kept = try #require(try await journal.message(of: admission.submission.reference))
                #expect(try Self.bytes(of: kept) == bytes)
                #expect(kept.size == size)
            }
        },
        JournalPromise("A message that cannot write itself to the end stops its neighbours and nothing else") { bench in
            let journal = try await bench.open()
            var broken = Sample.admission(1)
            broken.message = .writer { write in
                try write(Self.bytes(100_000))
                throw AttachedFileChanged()
            }
            let both = [Sample.admission(2, message: Self.bytes(200_000)), broken]
            await #expect(throws: AttachedFileChanged()) {
                try await journal.admit(both)
            }
            #expect(journal.failure == nil)
            #expect(try await journal.submissions(SubmissionQuery()).isEmpty)
            // Nothing of it lies in the way.
            try await journal.admit([1, 2].map { Sample.admission($0, message: Self.bytes(200_000)) })
            let kept = try #require(try await journal.message(of: broken.submission.reference))
            #expect(try Self.bytes(of: kept) == Self.bytes(200_000))
        },
        JournalPromise("A second submission of a reference leaves the first one's large message alone") { bench in
            let journal = try await bench.open()
            let bytes = Self.bytes(200_000)
            try await journal.admit([Sample.admission(1, message: bytes)])
            await #expect(throws: (any Error).self) {
                try await journal.admit([Sample.admission(1, message: Self.bytes(300_000))])
            }
            // Refused for its neighbour's sake, it can be admitted later.
            let other = Self.bytes(400_000)
            await #expect(throws: (any Error).self) {
                try await journal.admit([Sample.admission(2, message: other), Sample.admission(1)])
            }
            try await journal.admit([Sample.admission(2, message: other)])
            for (number, expected) in [(1, bytes), (2, other)] {
                let kept = try await journal.message(of: Sample.admission(number).submission.reference)
                #expect(try Self.bytes(of: try #require(kept)) == expected)
            }
        },
        JournalPromise("Taken files are known until they are forgotten, also after a restart") { bench in
            var journal = try await bench.open()
            let names: [[UInt8]] = [Array("rapport.txt".utf8), [0xE9, 0x2E, 0xFF], Array("écran.png".utf8)]
            let taken = (1...3).map { number in
                Taken(
                    reference: Sample.admission(number).submission.reference, fate: number == 2 ? .reject : .remove,
                    files: names.prefix(number).map {
                        FileIdentity(name: $0, device: .max, inode: .max - UInt64(number), size: 1, modified: -1)
                    })
            }
            try await journal.admit(
                (1...3).map { number in
                    var admission = Sample.admission(number)
                    admission.taken = taken[number - 1]
                    return admission
                } + [Sample.admission(4)])
            #expect(try await journal.takenFiles() == taken)
            try await journal.forgetTaken([taken[0].reference, Sample.admission(9).submission.reference])
            try await bench.close(journal)
            journal = try await bench.open()
            #expect(try await journal.takenFiles() == [taken[1], taken[2]])
            try await journal.forgetTaken(taken.map(\.reference))
            #expect(try await journal.takenFiles().isEmpty)
        },
        JournalPromise("What a write has returned is there after a power cut") { bench in
            let journal = try await bench.open()
            let large = Self.bytes(200_000)
            try await journal.admit([Sample.admission(1), Sample.admission(2, message: large), Sample.full(3)])
            let claims = try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1))
            for claim in claims {
                let verdict = Sample.verdict(Sample.acceptance, of: claim, at: Sample.start + .seconds(2))
                #expect(try await journal.conclude(verdict))
            }
            let after = try await bench.openAsAfterPowerCut()
            #expect(claims.count == 1)
            for number in 1...3 {
                let reference = Sample.admission(number).submission.reference
                let left = try await Sample.dossier(reference, in: after)
                let right = try await Sample.dossier(reference, in: journal)
                #expect(left.submission == right.submission)
                #expect(left.attempts == right.attempts)
                #expect(left.history == right.history)
                #expect(try left.message.map(Self.bytes(of:)) == right.message.map(Self.bytes(of:)))
            }
            #expect(try await after.counts(submittedBy: nil) == journal.counts(submittedBy: nil))
            try await bench.close(after)
        },
    ]

    @Sendable private static func sizes(_ bench: any JournalBench) async throws {
        var journal = try await bench.open()
        let sizes = [0, 1, 4096, 65_535, 65_536, 65_537, 1_000_003]
        try await journal.admit(
            sizes.enumerated().map { Sample.admission($0, message: bytes($1)) })
        try await bench.close(journal)
        journal = try await bench.open()
        let claims = try await journal.claim(.smtp, limit: 100, at: Sample.start + .seconds(1))
        #expect(claims.map(\.content.size) == sizes)
        for (claim, size) in zip(claims, sizes) {
            #expect(try bytes(of: claim.content) == bytes(size))
            let kept = try #require(try await journal.message(of: claim.reference))
            #expect(try bytes(of: kept) == bytes(size))
        }
    }
}
