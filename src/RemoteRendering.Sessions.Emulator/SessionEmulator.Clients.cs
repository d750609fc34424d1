using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator.InProcess;

namespace RemoteRendering.Sessions.Emulator;

/// <content>Clients that reach this emulator.</content>
public sealed partial class SessionEmulator
{
    /// <summary>
    /// Makes a handler that brings HTTP requests to the emulator without sockets. Disposing it does nothing to the emulator.
    /// </summary>
    /// <returns>A new handler, for <see cref="HttpClient"/>.</returns>
    public HttpMessageHandler CreateHandler() => new EmulatedServiceHandler(_parts.Front);

    /// <summary>Makes a client of the well-known account that reaches this emulator.</summary>
    /// <param name="options">More options for the client, which <see cref="Configure"/> completes; <see langword="null"/> for none.</param>
    /// <returns>The client.</returns>
    public RemoteRenderingClient CreateClient(RemoteRenderingClientOptions? options = null)
    {
        options ??= new RemoteRenderingClientOptions();
        Configure(options);
        return new RemoteRenderingClient(Endpoint, AccountId, AccountDomain, new AzureKeyCredential(AccountKey), options);
    }

    /// <summary>
    /// Completes the options of a client so that it reaches this emulator: HTTP transport, transport of connections, clock. What has been
    /// set already is kept.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public void Configure(RemoteRenderingClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (ReferenceEquals(options.TimeProvider, TimeProvider.System))
        {
            options.TimeProvider = TimeProvider;
        }

        if (_server is not null && AccountDomain != SessionEmulatorOptions.Localhost)
        {
            // From the domain a client would make an address that resolves only where the hosts file says so.
            options.AuthenticationEndpoint ??= Endpoint;
        }

        bool hasTransport = !ReferenceEquals(options.Transport, HttpClientTransport.Shared);
        if (_server is null)
        {
            options.Transport = hasTransport ? options.Transport : new HttpClientTransport(CreateHandler());
            options.ConnectionTransport ??= _parts.Transport;
        }
        else if (Certificate is not null)
        {
            options.Transport = hasTransport ? options.Transport : new HttpClientTransport(CreateTrustingHandler());
            options.ConnectionTransport ??= new WebSocketRenderingTransport(socket => socket.RemoteCertificateValidationCallback = IsOurs);
        }
    }

    private SocketsHttpHandler CreateTrustingHandler() => new()
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOurs },
    };

    /// <summary>Trusts this emulator's certificate, and otherwise what the machine trusts.</summary>
    private bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        => errors == SslPolicyErrors.None
            || (certificate is not null && certificate.GetRawCertData().AsSpan().SequenceEqual(Certificate!.RawData));
}
