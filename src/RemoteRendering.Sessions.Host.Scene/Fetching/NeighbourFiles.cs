using RemoteRendering.Sessions.Protocol.Scene;
namespace RemoteRendering.Sessions.Host.Scene.Fetching;

/// <summary>Fetches the files that a glTF text names: only those beside it, all of them together no larger than a model may be.</summary>
internal sealed class NeighbourFiles(ModelFetcher fetcher, Uri model, string name, SceneLimits limits, long fileBytes)
{
    private readonly Uri _folder = new(model, ".");
    private long _bytes = fileBytes;

    /// <summary>Fetches a file.</summary>
    /// <param name="reference">How the text names it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SceneException">It is not beside the text, or cannot be had.</exception>
    public async Task<byte[]> FetchAsync(string reference, CancellationToken cancellationToken)
    {
        // Spaces at the ends belong to the name; an address would lose them.
        string escaped = reference.Replace(" ", "%20", StringComparison.Ordinal);

        // A reference with a scheme, a host or a way up leads elsewhere, whatever it looks like before it is resolved.
        if (!Uri.TryCreate(reference, UriKind.Relative, out _) || !Uri.TryCreate(model, escaped, out Uri? uri) || !IsBeside(uri))
        {
            throw new SceneException(
                SceneErrorCode.UnsupportedFileProvider,
                $"'{name}' names the file '{SceneLimits.ShortenName(reference)}', which is not beside it.");
        }

        // A token in the query of the model is one for its folder, as shared access signatures are.
        Uri target = uri.Query.Length == 0 && model.Query.Length > 0 ? new UriBuilder(uri) { Query = model.Query }.Uri : uri;
        byte[] file = await fetcher.FetchAsync(target, limits, static _ => { }, cancellationToken).ConfigureAwait(false);
        _bytes += file.Length;
        limits.CheckFile(_bytes, name);
        return file;
    }

    private bool IsBeside(Uri uri) =>
        uri.Scheme == _folder.Scheme && uri.Authority == _folder.Authority && uri.UserInfo == _folder.UserInfo
        && uri.AbsolutePath.StartsWith(_folder.AbsolutePath, StringComparison.Ordinal);
}
