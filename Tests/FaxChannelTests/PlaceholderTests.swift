import FaxChannel
import SupportDesk
import Testing

@Suite struct FaxPlaceholderTests {
    private func job() throws -> FaxJob {
        FaxJob(
            tag: FaxTag(try #require(Reference("ASD-4F7K-9M2T-X8QB")), attempt: 2),
            number: try FaxNumber("+33130417781"),
            plan: DialPlan(), document: [], pages: 1, maximumCalls: 5)
    }

    @Test func everyPlaceholderIsFilledIn() throws {
        let filled = FaxPlaceholders(try job(), secret: "s3cret")
            .fill("{e164} {digits} {national} {reference}-{attempt}.pdf p:{secret}")
        #expect(filled == "+33130417781 33130417781 0130417781 ASD-4F7K-9M2T-X8QB-2.pdf p:s3cret")
    }

    @Test func whatIsFilledInIsNotLookedThroughAgain() throws {
        #expect(FaxPlaceholders(try job(), secret: "{e164}").fill("{secret}") == "{e164}")
    }

    @Test func unknownBracesStay() throws {
        #expect(FaxPlaceholders(try job()).fill("{nocoverpage} { {x") == "{nocoverpage} { {x")
    }
}
