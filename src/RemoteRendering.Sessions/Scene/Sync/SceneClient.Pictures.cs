using System.Runtime.CompilerServices;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Pictures.</summary>
internal sealed partial class SceneClient
{
    private readonly Dictionary<uint, PreviewFeed> _previews = [];
    private readonly object _previewLock = new();
    private uint _lastPreview;

    public async Task<RenderingPicture> CaptureAsync(RenderingCamera camera, int width, int height, CancellationToken cancellationToken)
    {
        SceneGraph graph;
        lock (Gate)
        {
            graph = Current_NeedsGate();
            CheckFeature_NeedsGate(HostFeatureName.Frames);
        }

        var request = new HostRequest<RenderingPicture>(static (ref Utf8JsonReader _) => throw new FormatException(
            "The answer is not a picture."))
        {
            ReadBytes = static bytes => new RenderingPicture(bytes.ToArray(), 0),
        };
        HostRequestEncoder.Encode(request, SceneMethods.CaptureFrame, (camera, width, height, MaxAnswerBytes), static (writer, state) =>
        {
            writer.WriteStartObject();
            SceneWriter.Write(writer, state.camera);
            writer.WriteNumber("width"u8, state.width);
            writer.WriteNumber("height"u8, state.height);
            writer.WriteNumber("maxBytes"u8, state.MaxAnswerBytes - HostFrameHead.Bytes);
            writer.WriteEndObject();
        });
        try
        {
            return await SendAsync(graph, request, cancellationToken).ConfigureAwait(false);
        }
        catch (RenderingRequestException exception)
        {
            throw SceneErrors.Translate(exception, null, null);
        }
    }

    public async IAsyncEnumerable<RenderingPicture> PreviewAsync(
        RenderingPreviewOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PreviewFeed feed = BeginPreview();
        try
        {
            await StartPreviewAsync(feed, options, cancellationToken).ConfigureAwait(false);
            while (await feed.NextAsync(cancellationToken).ConfigureAwait(false) is { } picture)
            {
                yield return picture;
            }
        }
        finally
        {
            lock (_previewLock)
            {
                _previews.Remove(feed.Number);
            }

            Tell(feed.Graph.Epoch, SceneMethods.StopPreview, feed.Number, static (writer, number) =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("preview"u8, number);
                writer.WriteEndObject();
            });
        }
    }

    void IHostBindingPart.OnPicture(uint preview, long number, ReadOnlySpan<byte> bytes)
    {
        PreviewFeed? feed;
        lock (_previewLock)
        {
            _previews.TryGetValue(preview, out feed);
        }

        // A picture of a stopped preview may still be in transit.
        feed?.Offer(new RenderingPicture(bytes.ToArray(), number));
    }

    private PreviewFeed BeginPreview()
    {
        lock (Gate)
        {
            SceneGraph graph = Current_NeedsGate();
            CheckFeature_NeedsGate(HostFeatureName.Frames);
            lock (_previewLock)
            {
                var feed = new PreviewFeed(++_lastPreview, graph);
                _previews.Add(feed.Number, feed);
                return feed;
            }
        }
    }

    private async Task StartPreviewAsync(PreviewFeed feed, RenderingPreviewOptions options, CancellationToken cancellationToken)
    {
        var request = new HostRequest<bool>(static (ref Utf8JsonReader _) => true);
        HostRequestEncoder.Encode(request, SceneMethods.StartPreview, (feed.Number, options, MaxAnswerBytes), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("preview"u8, state.Number);
            SceneWriter.Write(writer, state.options.Camera);
            writer.WriteNumber("width"u8, state.options.Width);
            writer.WriteNumber("height"u8, state.options.Height);
            writer.WriteNumber("framesPerSecond"u8, state.options.FramesPerSecond);
            writer.WriteNumber("maxBytes"u8, state.MaxAnswerBytes - HostFrameHead.Bytes);
            writer.WriteEndObject();
        });
        try
        {
            await SendAsync(feed.Graph, request, cancellationToken).ConfigureAwait(false);
        }
        catch (RenderingRequestException exception)
        {
            throw SceneErrors.Translate(exception, null, null);
        }
    }

    private void EndPreviews(Exception error, long before)
    {
        List<PreviewFeed> ended;
        lock (_previewLock)
        {
            ended = [.. _previews.Values.Where(feed => feed.Graph.Epoch < before)];
        }

        foreach (PreviewFeed feed in ended)
        {
            feed.End(error);
        }
    }
}
