using System.Buffers;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;
using RemoteRendering.Sessions.Scene.Models;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Sends the bytes of a model to the host, a few chunks at a time, so that a slow link delays only this upload.</summary>
internal sealed class ModelUpload(SceneClient client, SceneGraph graph, LoadModelOptions options, Action<double> report)
{
    private const int MaxUnanswered = 4;
    private const int MaxChunkBytes = 256 * 1024;

    private long _length;
    private long _arrived;

    /// <summary>Sends all files.</summary>
    /// <returns>The number of the upload at the host.</returns>
    public async Task<uint> RunAsync(CancellationToken cancellationToken)
    {
        var files = new List<ModelFile>();
        Stream? opened = options.ModelPath is { } path ? File.OpenRead(path) : null;
        try
        {
            await CollectAsync(opened ?? options.Model!, files, cancellationToken).ConfigureAwait(false);
            return await SendAllAsync(files, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            opened?.Dispose();
            foreach (ModelFile file in files.Skip(1))
            {
                file.Content.Dispose();
            }
        }
    }

    private async Task CollectAsync(Stream model, List<ModelFile> files, CancellationToken cancellationToken)
    {
        Add(options.Name, model.CanSeek ? model : await ReadAllAsync(model, cancellationToken).ConfigureAwait(false));
        if (options.OpenFile is not { } open)
        {
            return;
        }

        foreach (string reference in await ModelFileNames.ReadAsync(files[0].Content, cancellationToken).ConfigureAwait(false))
        {
            // The refusal of the host contains the names of missing files.
            if (Uri.TryCreate(reference, UriKind.Relative, out _) && open(Uri.UnescapeDataString(reference)) is { } content)
            {
                Add(reference, content.CanSeek ? content : await ReadAndDisposeAsync(content, cancellationToken).ConfigureAwait(false));
            }
        }

        void Add(string name, Stream content)
        {
            files.Add(new ModelFile(name, content));
            _length += files[files.Count - 1].Length;
            if (_length > options.MaxUploadBytes)
            {
                throw TooLarge();
            }
        }
    }

    private async Task<uint> SendAllAsync(List<ModelFile> files, CancellationToken cancellationToken)
    {
        uint upload = await BeginAsync(files[0], 0, cancellationToken).ConfigureAwait(false);
        bool sent = false;
        try
        {
            await SendAsync(files[0], upload, cancellationToken).ConfigureAwait(false);
            foreach (ModelFile file in files.Skip(1))
            {
                await SendAsync(
                    file, await BeginAsync(file, upload, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }

            sent = true;
            return upload;
        }
        finally
        {
            if (!sent)
            {
                client.Tell(graph.Epoch, SceneMethods.EndUpload, upload, static (writer, number) =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("upload"u8, number);
                    writer.WriteEndObject();
                });
            }
        }
    }

    private async Task<MemoryStream> ReadAndDisposeAsync(Stream stream, CancellationToken cancellationToken)
    {
        using (stream)
        {
            return await ReadAllAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MemoryStream> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxChunkBytes);
        try
        {
            int count;
            while ((count = await ReadAsync(stream, buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (copy.Length + count > options.MaxUploadBytes)
                {
                    throw TooLarge();
                }

                copy.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        copy.Position = 0;
        return copy;
    }

    private Task<uint> BeginAsync(ModelFile file, uint model, CancellationToken cancellationToken)
    {
        var request = new HostRequest<uint>(static (ref Utf8JsonReader reader) =>
        {
            using JsonDocument answer = JsonDocument.ParseValue(ref reader);
            return answer.RootElement.GetProperty("upload").GetUInt32();
        });
        HostRequestEncoder.Encode(request, SceneMethods.BeginUpload, (file, model), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("length"u8, state.file.Length);
            writer.WriteString("name"u8, state.file.Name);
            if (state.model != 0)
            {
                writer.WriteNumber("model"u8, state.model);
            }

            writer.WriteEndObject();
        });
        return client.SendAsync(graph, request, cancellationToken);
    }

    private async Task SendAsync(ModelFile file, uint upload, CancellationToken cancellationToken)
    {
        var unanswered = new Queue<(Task<bool> Answer, int Bytes)>();
        int chunkBytes = Math.Min(MaxChunkBytes, client.MaxMessageBytes - HostFrameHead.Bytes);
        long sent = 0;
        long length = file.Length;
        while (sent < length || unanswered.Count > 0)
        {
            if (sent < length && unanswered.Count < MaxUnanswered)
            {
                int count = (int)Math.Min(chunkBytes, length - sent);
                byte[] frame = ArrayPool<byte>.Shared.Rent(HostFrameHead.Bytes + count);
                await FillAsync(file.Content, frame, count, cancellationToken).ConfigureAwait(false);
                HostFrameHead.Write(frame, HostFrameKind.Chunk, upload);
                var request = new HostRequest<bool>(static (ref Utf8JsonReader _) => true, isBinary: true);
                request.SetBytes(frame, HostFrameHead.Bytes + count);
                unanswered.Enqueue((client.SendAsync(graph, request, cancellationToken), count));
                sent += count;
                continue;
            }

            (Task<bool> answer, int bytes) = unanswered.Dequeue();
            await answer.ConfigureAwait(false);
            _arrived += bytes;
            report((double)_arrived / _length);
        }
    }

    private static async Task FillAsync(Stream source, byte[] frame, int count, CancellationToken cancellationToken)
    {
        for (int filled = 0; filled < count;)
        {
            int read =
                await ReadAsync(source, frame, HostFrameHead.Bytes + filled, count - filled, cancellationToken).ConfigureAwait(false);
            filled += read > 0 ? read : throw new EndOfStreamException("The stream of the model ended before its length.");
        }
    }

    private static ValueTask<int> ReadAsync(Stream source, byte[] buffer, int offset, int count, CancellationToken cancellationToken)
#if NET8_0_OR_GREATER
        => source.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
#else
        => new(source.ReadAsync(buffer, offset, count, cancellationToken));
#endif

    private RenderingSceneException TooLarge() => new(
        RenderingSceneError.ExceedsMemoryLimit, $"The model '{options.Name}' is larger than MaxUploadBytes, which is "
            + $"{options.MaxUploadBytes:N0} bytes.", null, options.Name, null);
}
