using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Renderer.Builtin;
using RemoteRendering.Sessions.Emulator.Renderer.Gltf;
using RemoteRendering.Sessions.Emulator.Scene.Fetching;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>Turns a source into a model. Thread-safe.</summary>
internal sealed class ModelLoader(SceneBehavior behavior, TimeProvider time) : IDisposable
{
    /// <summary>How much of the way is done when the file is there.</summary>
    private const double Fetched = 0.5;

    private readonly ModelFetcher _fetcher = new(behavior, time);

    /// <summary>Loads a model; nothing of it is in a scene yet.</summary>
    /// <exception cref="SceneException">It cannot be had, or is refused.</exception>
    public async Task<Model> LoadAsync(ModelSource source, SceneLimits limits, ProgressReporter progress, CancellationToken cancellationToken)
    {
        if (source.Builtin is { } builtin)
        {
            return BuiltinModels.Find(builtin) ?? throw new SceneException(SceneErrorCode.FileNotFound, $"There is no built-in model '{source.Name}'.");
        }

        if (source.Upload is { } upload)
        {
            limits.CheckFile(upload.Content.Length + upload.Files.Values.Sum(file => (long)file.Length), source.Name);
            Func<string, CancellationToken, Task<byte[]>>? fetch = upload.Files.Count > 0 ? upload.OpenAsync : null;
            return await GltfLoader.LoadAsync(upload.Content, source.Name, upload.Name, fetch, limits, progress.Report, cancellationToken).ConfigureAwait(false);
        }

        Uri uri = source.Uri!;
        byte[] file = await _fetcher.FetchAsync(uri, limits, done => progress.Report(Fetched * done), cancellationToken).ConfigureAwait(false);
        var neighbours = new NeighbourFiles(_fetcher, uri, source.Name, limits, file.Length);
        return await GltfLoader.LoadAsync(
            file, source.Name, Uri.UnescapeDataString(uri.Segments[^1]), neighbours.FetchAsync, limits, done => progress.Report(Fetched + ((1 - Fetched) * done)), cancellationToken)
            .ConfigureAwait(false);
    }

    public void Dispose() => _fetcher.Dispose();
}
