import SupportDesk
import Testing

extension JournalPromise {
    static let events = [
        JournalPromise("Events rise strictly and are read in pages, oldest first") { bench in
            var journal = try await bench.open()
            #expect(try await journal.lastEvent() == 0)
            #expect(try await journal.events(after: 0, limit: 10).isEmpty)
            try await journal.admit((1...5).map { Sample.admission($0) })
            _ = try await journal.claim(.smtp, limit: 2, at: Sample.start + .seconds(1))
            try await bench.close(journal)
            journal = try await bench.open()
            try await journal.admit([Sample.admission(6)])
            var read: [Event] = []
            while true {
                let page = try await journal.events(after: read.last?.id ?? 0, limit: 3)
                #expect(page.count <= 3)
                if page.isEmpty { break }
                read += page
            }
            #expect(read.count == 8)
            #expect(zip(read, read.dropFirst()).allSatisfy { $0.id < $1.id })
            #expect(read.first.map { $0.id > 0 } == true)
            #expect(try await journal.lastEvent() == read.last?.id)
            #expect(try await journal.events(after: read.last?.id ?? 0, limit: 10).isEmpty)
            #expect(try await journal.events(after: 0, limit: 0).isEmpty)
            let reference = Sample.admission(1).submission.reference
            #expect(try await journal.history(of: reference) == read.filter { $0.reference == reference })
        },
        JournalPromise("One user's events are found page by page, those of named submissions at once") { bench in
            let journal = try await bench.open()
            try await journal.admit((1...30).map { Sample.admission($0, uid: $0 % 10 == 0 ? 7 : 8) })
            _ = try await journal.claim(.smtp, limit: 30, at: Sample.start + .seconds(1))
            let all = try await journal.events(after: 0, limit: 100)
            let references = (0...30).map { Sample.admission($0).submission.reference }
            let own = all.filter { [references[10], references[20], references[30]].contains($0.reference) }
            #expect(own.count == 6)
            var (found, last): ([Event], Int64) = ([], 0)
            for _ in 1...6 {
                let page = try await journal.events(after: last, limit: 10, of: 7)
                #expect(page.last == all.filter { $0.id > last }.prefix(10).last?.id)
                found += page.events
                last = page.last
            }
            #expect(found == own)
            let end = try await journal.events(after: last, limit: 10, of: 7)
            #expect(end.events.isEmpty && end.last == last)
            #expect(try await journal.events(after: 0, limit: 100, of: 9).events.isEmpty)
            let wanted: Set = [references[3], references[20]]
            let about = all.filter { wanted.contains($0.reference) }
            #expect(try await journal.events(after: 0, limit: 100, about: wanted) == about)
            #expect(try await journal.events(after: about[0].id, limit: 2, about: wanted) == Array(about[1...2]))
            #expect(try await journal.events(after: 0, limit: 100, about: [references[0]]).isEmpty)
        },
        JournalPromise("Every listener hears that events were added, and can read them then") { bench in
            let journal = try await bench.open()
            let listeners = (0..<3).map { _ in journal.changes() }
            try await journal.admit([Sample.admission(1)])
            for listener in listeners {
                var iterator = listener.makeAsyncIterator()
                #expect(await iterator.next() != nil)
                #expect(try await journal.lastEvent() == 1)
            }
            // One that has gone disturbs nobody.
            var iterator = journal.changes().makeAsyncIterator()
            _ = try await journal.claim(.smtp, limit: 1, at: Sample.start + .seconds(1))
            #expect(await iterator.next() != nil)
        },
        JournalPromise("Streams of changes end with the journal") { bench in
            let journal = try await bench.open()
            let listener = journal.changes()
            try await bench.close(journal)
            for await _ in listener {}
            for await _ in journal.changes() {}
            await #expect(throws: (any Error).self) { try await journal.admit([Sample.admission(1)]) }
            await #expect(throws: (any Error).self) { try await journal.lastEvent() }
        },
        JournalPromise("Readers find their bookmarks again") { bench in
            var journal = try await bench.open()
            #expect(try await journal.bookmark("receipts") == 0)
            try await journal.setBookmark("receipts", to: 17)
            try await journal.setBookmark("notices", to: 5)
            try await journal.setBookmark("receipts", to: 12)
            try await bench.close(journal)
            journal = try await bench.open()
            #expect(try await journal.bookmark("receipts") == 12)
            #expect(try await journal.bookmark("notices") == 5)
            #expect(try await journal.bookmark("others") == 0)
        },
    ]
}
