using System.Net;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Transports;

/// <summary>Provides WebSocket features that .NET Standard lacks.</summary>
internal static class WebSocketCompatibility
{
    /// <summary>Connects without following redirects, and keeps the answer of a host that refuses if the platform exposes it.</summary>
    /// <exception cref="RenderingConnectionException">The host answered with a redirect, on .NET Standard.</exception>
    public static async Task ConnectAsync(ClientWebSocket socket, Uri address, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        socket.Options.CollectHttpResponseDetails = true;
        using var invoker = new HttpMessageInvoker(MoveToHandler(socket.Options), disposeHandler: true);
        await socket.ConnectAsync(address, invoker, cancellationToken).ConfigureAwait(false);
#else
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IWebProxy? proxy = ReferenceEquals(socket.Options.Proxy, PlatformProxy) ? WebRequest.DefaultWebProxy : socket.Options.Proxy;
        var guard = new RedirectGuard(address, proxy, attempt);
        socket.Options.Proxy = guard;
        try
        {
            await socket.ConnectAsync(address, attempt.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (guard.IsRedirected && !cancellationToken.IsCancellationRequested)
        {
            throw Redirected(address, exception);
        }

        if (guard.IsRedirected)
        {
            throw Redirected(address, null);
        }
#endif
    }

    /// <summary>Releases the answer that <see cref="ConnectAsync"/> kept: a link that lasts for hours does not need it.</summary>
    public static void ForgetResponse(ClientWebSocket socket)
    {
#if NET8_0_OR_GREATER
        socket.HttpResponseHeaders = null;
#else
        _ = socket;
#endif
    }

#if NET8_0_OR_GREATER
    /// <summary>Moves the network options to a handler: a socket with its own handler rejects them in its options.</summary>
    private static SocketsHttpHandler MoveToHandler(ClientWebSocketOptions options)
    {
        var dial = new SingleDial();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = options.Cookies is not null,
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = dial.ConnectAsync,
            PlaintextStreamFilter = dial.FilterAsync,
        };
        if (options.Cookies is { } cookies)
        {
            handler.CookieContainer = cookies;
            options.Cookies = null;
        }

        if (!ReferenceEquals(options.Proxy, PlatformProxy))
        {
            handler.Proxy = options.Proxy;
            handler.UseProxy = options.Proxy is not null;
            options.Proxy = null;
        }

        handler.Credentials = options.UseDefaultCredentials ? CredentialCache.DefaultCredentials : options.Credentials;
        options.UseDefaultCredentials = false;
        options.Credentials = null;
        handler.SslOptions.RemoteCertificateValidationCallback = options.RemoteCertificateValidationCallback;
        options.RemoteCertificateValidationCallback = null;
        if (options.ClientCertificates is { Count: > 0 } certificates)
        {
            handler.SslOptions.ClientCertificates = certificates;
            options.ClientCertificates = [];
        }

        return handler;
    }

#else
    private static RenderingConnectionException Redirected(Uri address, Exception? inner) => new(
        RenderingConnectionReason.HandshakeFailed,
        $"The host at {address.Host}:{address.Port} answered with a redirect. Redirects are not followed.", null, inner);
#endif

    /// <summary>Gets the proxy of the options when the caller has not set one.</summary>
    private static IWebProxy? PlatformProxy { get; } = FindPlatformProxy();

    private static IWebProxy? FindPlatformProxy()
    {
        using var socket = new ClientWebSocket();
        return socket.Options.Proxy;
    }

    /// <summary>Reads the status and the Retry-After with which a host refused the upgrade.</summary>
    public static (int? Status, TimeSpan? RetryAfter) ReadResponse(ClientWebSocket? socket, Exception exception)
    {
#if NET8_0_OR_GREATER
        if (socket is null || socket.HttpStatusCode == default)
        {
            return (null, null);
        }

        TimeSpan? retryAfter = null;
        if (socket.HttpResponseHeaders?.TryGetValue("Retry-After", out IEnumerable<string>? values) == true)
        {
            socket.HttpResponseHeaders.TryGetValue("Date", out IEnumerable<string>? dates);
            retryAfter = RetryAfter.Parse(values.FirstOrDefault(), dates?.FirstOrDefault(), TimeProvider.System);
        }

        return ((int)socket.HttpStatusCode, retryAfter);
#else
        _ = socket;
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is WebException { Response: HttpWebResponse response })
            {
                return (
                    (int)response.StatusCode,
                    RetryAfter.Parse(response.Headers["Retry-After"], response.Headers["Date"], TimeProvider.System));
            }

            // .NET exposes the status only in the message: "The server returned status code '401' when status code '101' was expected."
            int quote = inner is WebSocketException ? inner.Message.IndexOf('\'') : -1;
            if (quote >= 0 && inner!.Message.Length >= quote + 5 && inner.Message[quote + 4] == '\''
                && int.TryParse(
                    inner.Message.Substring(quote + 1, 3), System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture, out int status))
            {
                return (status, null);
            }
        }

        return (null, null);
#endif
    }

    public static ValueTask SendAsync(
        WebSocket socket, ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        return socket.SendAsync(message, type, endOfMessage: true, cancellationToken);
#else
        ArraySegment<byte> segment = MemoryMarshal.TryGetArray(message, out ArraySegment<byte> array)
            ? array
            : new ArraySegment<byte>(message.ToArray());
        return new ValueTask(socket.SendAsync(segment, type, endOfMessage: true, cancellationToken));
#endif
    }

#if NET8_0_OR_GREATER
    public static ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        WebSocket socket, Memory<byte> buffer, CancellationToken cancellationToken)
        => socket.ReceiveAsync(buffer, cancellationToken);
#else
    public static async ValueTask<WebSocketReceiveResult> ReceiveAsync(
        WebSocket socket, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> segment))
        {
            return await socket.ReceiveAsync(segment, cancellationToken).ConfigureAwait(false);
        }

        var copy = new byte[buffer.Length];
        WebSocketReceiveResult result = await socket.ReceiveAsync(new ArraySegment<byte>(copy), cancellationToken).ConfigureAwait(false);
        copy.AsSpan(0, result.Count).CopyTo(buffer.Span);
        return result;
    }
#endif
}
