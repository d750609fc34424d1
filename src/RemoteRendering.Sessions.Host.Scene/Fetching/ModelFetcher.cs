using System.Net;
using System.Net.Sockets;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Fetching;

/// <summary>
/// Fetches the files of models. It connects to no address that it should not, whatever a name resolves to and wherever a redirect leads,
/// reads no more than it may, and says nothing about queries. Thread-safe.
/// </summary>
internal sealed class ModelFetcher : IDisposable
{
    private const int MaxRedirects = 5;
    private const int FirstBytes = 64 * 1024;

    private readonly SceneOptions _options;
    private readonly TimeProvider _time;
    private readonly Lazy<HttpMessageInvoker> _client;

    public ModelFetcher(SceneOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _client = new Lazy<HttpMessageInvoker>(() => options.DownloadHandler is { } given
            ? new HttpMessageInvoker(given, disposeHandler: false)
            : new HttpMessageInvoker(CreateHandler()));
    }

    /// <summary>Fetches a file.</summary>
    /// <param name="uri">Its address; may have a token in its query.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="onProgress">Told from 0 to 1 how much of it is there, where that can be told.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SceneException">It cannot be had.</exception>
    public async Task<byte[]> FetchAsync(Uri uri, SceneLimits limits, Action<double> onProgress, CancellationToken cancellationToken)
    {
        string name = ModelSource.NameOf(uri);
        using var patience = new Patience(_time, _options.DownloadPatience, cancellationToken);
        try
        {
            using HttpResponseMessage response = await SendAsync(uri, name, patience).ConfigureAwait(false);
            Check(response.StatusCode, name);
            if (response.Content.Headers.ContentEncoding.Count > 0)
            {
                throw Failed(
                    name,
                    $"it is stored with the content encoding '{string.Join(", ", response.Content.Headers.ContentEncoding)}', which this "
                        + "host does not undo");
            }

            return await ReadAsync(response, name, limits, onProgress, patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(name, "the server says nothing");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            throw exception.InnerException as SceneException
                ?? Failed(name, exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } request
                ? $"{request.HttpRequestError}" : "the connection broke");
        }
    }

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static SceneException Failed(string name, string why)
        => new(SceneErrorCode.FileDownloadFailed, $"'{name}' could not be fetched: {why}.");

    private static void Check(HttpStatusCode status, string name)
    {
        switch (status)
        {
            case HttpStatusCode.OK:
                return;
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new SceneException(SceneErrorCode.FileNotFound, $"There is no '{name}'.");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new SceneException(SceneErrorCode.AuthenticationFailed, $"'{name}' wants a token, or a better one.");
            default:
                throw Failed(name, $"status {(int)status}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri uri, string name, Patience patience)
    {
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            patience.Renew();
            HttpResponseMessage response = await _client.Value.SendAsync(request, patience.Token).ConfigureAwait(false);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            var next = new Uri(uri, location);
            if (next.Scheme != uri.Scheme)
            {
                throw Failed(name, "it leads to another scheme");
            }

            if (redirects == MaxRedirects)
            {
                throw Failed(name, "it leads on and on");
            }

            uri = next;
        }
    }

    private static async Task<byte[]> ReadAsync(
        HttpResponseMessage response, string name, SceneLimits limits, Action<double> onProgress, Patience patience)
    {
        long? announced = response.Content.Headers.ContentLength;
        limits.CheckFile(announced ?? 0, name);
        Stream content = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            // Memory that nothing is written to costs nothing, so an announcement can be believed up to the limit.
            byte[] buffer = GC.AllocateUninitializedArray<byte>((int)Math.Max(announced ?? FirstBytes, 1));
            int filled = 0;
            while (true)
            {
                if (filled == buffer.Length)
                {
                    if (filled == announced)
                    {
                        break;
                    }

                    limits.CheckFile(filled + 1L, name);
                    Array.Resize(ref buffer, (int)Math.Min(2L * filled, Array.MaxLength));
                }

                patience.Renew();
                int read = await content.ReadAsync(buffer.AsMemory(filled), patience.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                filled += read;
                limits.CheckFile(filled, name);
                onProgress(announced is > 0 ? (double)filled / announced.Value : 0);
            }

            if (filled < announced)
            {
                throw Failed(name, "it is cut off");
            }

            Array.Resize(ref buffer, filled);
            return buffer;
        }
    }

    private SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
    };

    /// <summary>Connects to an address that has been looked at: a second resolution could give another one.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        if (!_options.AllowPrivateNetworks && Array.Exists(addresses, PrivateAddresses.Contains))
        {
            throw new SceneException(
                SceneErrorCode.FileDownloadFailed,
                $"'{context.DnsEndPoint.Host}' is in a loopback, link-local or private network; the option "
                    + $"{nameof(SceneOptions)}.{nameof(SceneOptions.AllowPrivateNetworks)} lets this host fetch from there.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
