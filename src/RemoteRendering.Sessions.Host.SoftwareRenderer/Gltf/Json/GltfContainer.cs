using System.Buffers.Binary;
using System.Text.Json;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

/// <summary>The outer form of a file: glTF text, or a GLB with a text and maybe bytes behind it.</summary>
/// <param name="File">The whole file.</param>
/// <param name="Json">The text in it.</param>
/// <param name="BinaryOffset">Where the bytes of a GLB begin; 0 without.</param>
/// <param name="BinaryLength">How many there are.</param>
internal readonly record struct GltfContainer(byte[] File, ReadOnlyMemory<byte> Json, int BinaryOffset, int BinaryLength)
{
    private const uint Magic = 0x4654_6C67;
    private const uint JsonChunk = 0x4E4F_534A;
    private const uint BinaryChunk = 0x004E_4942;
    private const int HeadBytes = 12;
    private const int ChunkHeadBytes = 8;

    /// <summary>Takes a file apart.</summary>
    /// <exception cref="SceneException">It is no glTF, of another version, or broken.</exception>
    public static GltfContainer Open(byte[] file, string name)
    {
        if (file.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(file) == Magic)
        {
            return OpenBinary(file, name);
        }

        ReadOnlySpan<byte> text = file;
        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        ReadOnlySpan<byte> trimmed = text.TrimStart(" \t\r\n"u8);
        if (trimmed.IsEmpty || trimmed[0] != (byte)'{' || trimmed.IndexOf("\"asset\""u8) < 0)
        {
            throw new SceneException(SceneErrorCode.FailedToOpenFile, $"'{name}' is not a glTF file.");
        }

        return new GltfContainer(file, file.AsMemory(file.Length - trimmed.Length), 0, 0);
    }

    private static GltfContainer OpenBinary(byte[] file, string name)
    {
        if (file.Length < HeadBytes + ChunkHeadBytes)
        {
            throw Truncated(name);
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4));
        if (version != 2)
        {
            throw new SceneException(SceneErrorCode.InvalidVersion, $"'{name}' is a GLB of version {version}; this host reads version 2.");
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(8));
        if (length > file.Length || length < HeadBytes + ChunkHeadBytes)
        {
            throw Truncated(name);
        }

        (uint type, int jsonBegin, int jsonLength) = ReadChunk(file, HeadBytes, (int)length, name);
        if (type != JsonChunk)
        {
            throw new SceneException(SceneErrorCode.FileCorrupt, $"'{name}' does not begin with its text.");
        }

        int next = jsonBegin + jsonLength;
        int binaryBegin = 0;
        int binaryLength = 0;
        if (next < length)
        {
            (type, int begin, int bytes) = ReadChunk(file, next, (int)length, name);
            (binaryBegin, binaryLength) = type == BinaryChunk ? (begin, bytes) : (0, 0);
        }

        return new GltfContainer(file, file.AsMemory(jsonBegin, jsonLength), binaryBegin, binaryLength);
    }

    private static (uint Type, int Begin, int Length) ReadChunk(byte[] file, int at, int end, string name)
    {
        if (end - at < ChunkHeadBytes)
        {
            throw Truncated(name);
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
        int begin = at + ChunkHeadBytes;
        return length <= end - begin
            ? (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 4)), begin, (int)length)
            : throw Truncated(name);
    }

    private static SceneException Truncated(string name) => new(SceneErrorCode.FileCorrupt, $"'{name}' is truncated.");
}
