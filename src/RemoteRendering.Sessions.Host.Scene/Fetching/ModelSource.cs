using RemoteRendering.Sessions.Host.Scene.Uploads;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Fetching;

/// <summary>Where a model comes from. The name is for messages: never with a query, which may be a token.</summary>
internal sealed class ModelSource
{
    /// <summary>The scheme of the models that every host has: <c>builtin://NAME</c>.</summary>
    public const string BuiltinScheme = "builtin";

    private ModelSource(string name, Uri? uri, ModelUpload? upload)
    {
        Name = name;
        Uri = uri;
        Upload = upload;
    }

    public string Name { get; }

    public Uri? Uri { get; }

    public ModelUpload? Upload { get; }

    /// <summary>Gets the name of a built-in model; null when it is none.</summary>
    public string? Builtin => Uri?.Scheme == BuiltinScheme ? Uri.Host + Uri.AbsolutePath.TrimEnd('/') : null;

    public static ModelSource FromUpload(ModelUpload upload) => new(upload.Name, null, upload);

    /// <summary>Reads an address.</summary>
    /// <exception cref="SceneException">It is none that the host fetches.</exception>
    public static ModelSource FromUri(string text, SceneOptions options)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri))
        {
            throw new SceneException(SceneErrorCode.UnsupportedFileProvider, "The address of the model is not absolute.");
        }

        bool isTaken = uri.Scheme == BuiltinScheme || uri.Scheme == Uri.UriSchemeHttps
            || (uri.Scheme == Uri.UriSchemeHttp && options.AllowHttp);
        return isTaken
            ? new ModelSource(NameOf(uri), uri, null)
            : throw new SceneException(SceneErrorCode.UnsupportedFileProvider, uri.Scheme == Uri.UriSchemeHttp
                ? $"This host does not fetch '{NameOf(uri)}' by plain HTTP; the option "
                    + $"{nameof(SceneOptions)}.{nameof(SceneOptions.AllowHttp)} allows it."
                : uri.Scheme == Uri.UriSchemeFile
                    ? "This host reads no files of its own machine; upload the model instead (LoadModelOptions.FromPath)."
                    : $"This host fetches no models by '{uri.Scheme}'.");
    }

    /// <summary>An address without what may be secret in it: query, fragment and user.</summary>
    public static string NameOf(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
