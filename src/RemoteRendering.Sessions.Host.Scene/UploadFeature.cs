using System.Text;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Host.Scene.Uploads;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>Models from the client's own bytes.</summary>
internal sealed class UploadFeature : IHostFeature
{
    private const int MaxNameLength = 256;
    private const int MaxFileNameLength = 4_096;

    private readonly SceneHost _host;
    private readonly SceneMethodTable _methods;

    public UploadFeature(SceneHost host)
    {
        _host = host;
        _methods = new SceneMethodTable(new Dictionary<string, SceneMethod>
        {
            [SceneMethods.BeginUpload] = (parameters, request) => new(Begin(parameters, request)),
            [SceneMethods.EndUpload] = (parameters, request) => new(End(parameters, request)),
        });
    }

    public string Name => HostFeatureName.Upload;

    public IReadOnlyCollection<string> Methods => _methods.Names;

    public IReadOnlyCollection<byte> BinaryKinds { get; } = [HostFrameKind.Chunk];

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => request.BinaryKind switch
    {
        0 => _methods.InvokeAsync(request),
        HostFrameKind.Chunk => new(Append(request)),
        byte kind => throw new InvalidOperationException($"This feature has no binary requests of the kind {kind}."),
    };

    public void OnBindingEnded(HostBinding binding)
    {
        // The scene frees the uploads with the rest.
    }

    private HostAnswer Append(HostRequest request)
    {
        try
        {
            UploadsOf(request).Append(request.Argument, request.Parameters.Span);
            return HostAnswer.Empty;
        }
        catch (SceneException exception)
        {
            return SceneJson.Error(exception);
        }
    }

    private ModelUploads UploadsOf(HostRequest request) => _host.SceneOf(request.Binding).Uploads;

    private HostAnswer End(SceneParameters parameters, HostRequest request)
    {
        UploadsOf(request).End(parameters.Id("upload"));
        return HostAnswer.Empty;
    }

    private HostAnswer Begin(SceneParameters parameters, HostRequest request)
    {
        ModelUploads uploads = UploadsOf(request);
        string name = parameters.Has("name") ? parameters.Text("name") : "upload";
        long length = parameters.Whole("length", 1, long.MaxValue);
        SceneLimits limits = _host.LimitsOf(request.Binding);
        uint number = parameters.Has("model")
            ? uploads.BeginFile(
                parameters.Id("model"), length,
                name.Length <= MaxFileNameLength ? name : throw SceneParameters.Malformed("'name' is too long."), limits)
            : uploads.Begin(length, Shorten(name), limits);
        return SceneJson.Answer(json => json.WriteNumber("upload"u8, number));
    }

    /// <summary>A name that can stand in a message.</summary>
    private static string Shorten(string name)
    {
        var text = new StringBuilder(Math.Min(name.Length, MaxNameLength));
        foreach (char letter in name.AsSpan(0, Math.Min(name.Length, MaxNameLength)))
        {
            text.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter);
        }

        return text.ToString();
    }
}
