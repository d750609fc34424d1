using RemoteRendering.Sessions.Protocol.Scene;
namespace RemoteRendering.Sessions.Host.Scene.Uploads;

/// <summary>
/// The bytes of one upload. A client that announces much and sends little takes little memory: the buffer grows with what arrives.
/// </summary>
internal sealed class ModelUpload(string name, int length)
{
    private const int FirstBytes = 1024 * 1024;

    private readonly Dictionary<string, ModelUpload> _files = new(StringComparer.Ordinal);
    private byte[] _bytes = new byte[Math.Min(length, FirstBytes)];
    private int _filled;

    public string Name => name;

    public int Length => length;

    /// <summary>Gets the files that the model names, by the names that it gives them.</summary>
    public IReadOnlyDictionary<string, ModelUpload> Files => _files;

    /// <summary>Gets the first file of which bytes are missing; null when all are there.</summary>
    public ModelUpload? Unfinished => _filled != length ? this : _files.Values.FirstOrDefault(file => file.Unfinished is not null);

    public bool TryAdd(ModelUpload file) => _files.TryAdd(file.Name, file);

    /// <summary>Gets the bytes of a file that the model names.</summary>
    /// <exception cref="SceneException">It was not uploaded.</exception>
    public Task<byte[]> OpenAsync(string reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _files.TryGetValue(reference, out ModelUpload? file)
            ? Task.FromResult(file.Content)
            : throw new SceneException(
                SceneErrorCode.FileNotFound,
                $"'{name}' names the file '{SceneLimits.ShortenName(reference)}', which was not uploaded with it.");
    }

    /// <summary>Gets the file, once it is whole; nothing writes to it any more.</summary>
    public byte[] Content => _bytes;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > length - _filled)
        {
            throw new SceneException(SceneErrorCode.ExceedsMemoryLimit, $"'{name}' was announced with {length} bytes; here are more.");
        }

        if (_filled + bytes.Length > _bytes.Length)
        {
            // Once a quarter is there the rest is believed, so that the last copy is a small one.
            long wanted = Math.Max((long)_filled + bytes.Length, _filled >= length / 4 ? length : 2L * _bytes.Length);
            Array.Resize(ref _bytes, (int)Math.Min(wanted, length));
        }

        bytes.CopyTo(_bytes.AsSpan(_filled));
        _filled += bytes.Length;
    }
}
