using RemoteRendering.Sessions.Host.Scene.Fetching;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>Turns a source into a model. Thread-safe.</summary>
internal sealed class ModelLoader(ISceneGeometry geometry, SceneOptions options, TimeProvider time) : IDisposable
{
    /// <summary>How much of the way is done when the file is there.</summary>
    private const double Fetched = 0.5;

    private readonly ModelFetcher _fetcher = new(options, time);

    /// <summary>Loads a model; nothing of it is in a scene yet.</summary>
    /// <exception cref="SceneException">It cannot be had, or is refused.</exception>
    public async Task<SceneModel> LoadAsync(
        ModelSource source, SceneLimits limits, ProgressReporter progress, CancellationToken cancellationToken)
    {
        if (source.Builtin is { } builtin)
        {
            return geometry.FindBuiltinModel(builtin)
                ?? throw new SceneException(SceneErrorCode.FileNotFound, $"There is no built-in model '{source.Name}'.");
        }

        if (source.Upload is { } upload)
        {
            limits.CheckFile(upload.Content.Length + upload.Files.Values.Sum(file => (long)file.Length), source.Name);
            var uploaded = new SceneModelFile(upload.Content, source.Name, upload.Name, upload.Files.Count > 0 ? upload.OpenAsync : null);
            return await geometry.LoadModelAsync(uploaded, limits, progress.Report, cancellationToken).ConfigureAwait(false);
        }

        Uri uri = source.Uri!;
        byte[] content =
            await _fetcher.FetchAsync(uri, limits, done => progress.Report(Fetched * done), cancellationToken).ConfigureAwait(false);
        var neighbours = new NeighbourFiles(_fetcher, uri, source.Name, limits, content.Length);
        var file = new SceneModelFile(content, source.Name, Uri.UnescapeDataString(uri.Segments[^1]), neighbours.FetchAsync);
        return await geometry.LoadModelAsync(
            file, limits, done => progress.Report(Fetched + ((1 - Fetched) * done)), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _fetcher.Dispose();
}
