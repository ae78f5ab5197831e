package import SupportDesk

/// What a trial of the mail server found, as far as it came.
package struct SMTPProbe: Hashable, Sendable {
    /// As in `mail.example.fr:587`.
    package var endpoint: String
    /// What the server said of itself; nil where it was not reached.
    package var session: SMTPSession?
    /// As in `TLSv1.3 / TLS_AES_256_GCM_SHA384`; nil without TLS.
    package var cipher: String?
    /// nil when mail could be handed in.
    package var fault: ChannelFault?

    package init(
        endpoint: String, session: SMTPSession? = nil, cipher: String? = nil, fault: ChannelFault? = nil
    ) {
        self.endpoint = endpoint
        self.session = session
        self.cipher = cipher
        self.fault = fault
    }
}
