using System.Text;
using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Emulator.Scene.Uploads;

/// <summary>Models from the client's own bytes.</summary>
internal sealed class UploadFeature(SceneHost host) : IHostFeature
{
    private const int MaxNameLength = 256;
    private const int MaxFileNameLength = 4_096;

    public string Name => "upload";

    public IReadOnlyCollection<string> Methods { get; } = ["beginUpload", "endUpload"];

    public IReadOnlyCollection<byte> BinaryKinds { get; } = [HostFrameKind.Chunk];

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) =>
        request.BinaryKind != 0 ? new(Append(request)) : SceneAnswers.RunAsync(request, (parameters, asked) => new(Answer(parameters, asked)));

    public void OnBindingEnded(HostBinding binding)
    {
        // The scene frees the uploads with the rest.
    }

    private HostAnswer Append(HostRequest request)
    {
        try
        {
            host.SceneOf(request.Binding).Uploads.Append(request.Argument, request.Parameters.Span);
            return HostAnswer.Empty;
        }
        catch (SceneException exception)
        {
            return exception.ToAnswer();
        }
    }

    private HostAnswer Answer(SceneParameters parameters, HostRequest request)
    {
        ModelUploads uploads = host.SceneOf(request.Binding).Uploads;
        if (request.Method == "endUpload")
        {
            uploads.End(parameters.Id("upload"));
            return HostAnswer.Empty;
        }

        string name = parameters.Has("name") ? parameters.Text("name") : "upload";
        long length = parameters.Whole("length", 1, long.MaxValue);
        SceneLimits limits = host.LimitsOf(request.Binding);
        uint number = parameters.Has("model")
            ? uploads.BeginFile(parameters.Id("model"), length, name.Length <= MaxFileNameLength ? name : throw SceneParameters.Malformed("'name' is too long."), limits)
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
