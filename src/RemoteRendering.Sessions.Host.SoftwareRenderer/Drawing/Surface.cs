using System.Numerics;
using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>How one triangle looks: what its corners bring, as the first one's value and the way to the other two.</summary>
internal readonly struct Surface
{
    private readonly DrawItem _item;
    private readonly Vector3 _toCamera;
    private readonly Vector3 _normal;
    private readonly Vector3 _normalToB;
    private readonly Vector3 _normalToC;
    private readonly Vector2 _texture;
    private readonly Vector2 _textureToB;
    private readonly Vector2 _textureToC;
    private readonly Vector4 _color;
    private readonly Vector4 _colorToB;
    private readonly Vector4 _colorToC;
    private readonly TextureImage? _image;
    private readonly float _light;
    private readonly bool _isSmooth;

    public Surface(DrawItem item, int triangle, bool isFront, Vector3 toCamera)
    {
        _item = item;
        _toCamera = toCamera;
        TriangleMesh mesh = item.Mesh;
        int a = mesh.Indices[3 * triangle];
        int b = mesh.Indices[(3 * triangle) + 1];
        int c = mesh.Indices[(3 * triangle) + 2];
        float side = isFront ? 1 : -1;
        if (item.Material.IsUnlit)
        {
            _light = 1;
        }
        else if (mesh.Normals is { } normals)
        {
            _isSmooth = true;
            _normal = Direction(normals[a]);
            _normalToB = Direction(normals[b]) - _normal;
            _normalToC = Direction(normals[c]) - _normal;
        }
        else
        {
            Vector3 corner = mesh.Positions[a];
            _light = Lighting.On(
                Direction((Vector3)Vector3D.Cross((Vector3D)mesh.Positions[b] - corner, (Vector3D)mesh.Positions[c] - corner).Normalized()),
                toCamera);
        }

        if (item.Material.BaseColorTexture is { } image && mesh.TextureCoordinates is { } coordinates)
        {
            _image = image;
            _texture = coordinates[a];
            _textureToB = coordinates[b] - _texture;
            _textureToC = coordinates[c] - _texture;
        }

        _color = item.Material.BaseColor;
        if (mesh.Colors is { } colors)
        {
            _colorToB = (colors[b] - colors[a]) * _color;
            _colorToC = (colors[c] - colors[a]) * _color;
            _color *= colors[a];
            IsPlain = false;
        }
        else
        {
            IsPlain = !_isSmooth && _image is null && item.Material.AlphaMode == SceneAlphaMode.Opaque && item.Fades.Length == 0;
        }

        Vector3 Direction(Vector3 normal)
        {
            Vector3 turned = item.TurnNormal(normal);
            float square = turned.LengthSquared();
            return square > 0 ? turned * (side / MathF.Sqrt(square)) : Vector3.Zero;
        }
    }

    /// <summary>Gets a value indicating whether all of it has one colour.</summary>
    public bool IsPlain { get; }

    /// <summary>Gets that colour.</summary>
    public Pixel Plain
    {
        get
        {
            Vector4 color = At(0, 0, null);
            return Pixel.FromLinear(new Vector3(color.X, color.Y, color.Z));
        }
    }

    public bool IsTextured => _image is not null;

    /// <summary>The size of the texture to read around a point.</summary>
    /// <param name="b">How much of the second corner the point is.</param>
    /// <param name="c">How much of the third.</param>
    /// <param name="depth">Its depth.</param>
    /// <param name="triangle">The triangle on the picture.</param>
    public TextureLevel ChooseLevel(float b, float c, float depth, in ScreenTriangle triangle)
    {
        if (!_item.Material.HasMipmaps)
        {
            return _image!.Full;
        }

        // The weights are quotients of what is linear on the picture; so are their slopes.
        float bX = ((float)triangle.B.PerX - (b * (float)triangle.InverseDepth.PerX)) * depth;
        float bY = ((float)triangle.B.PerY - (b * (float)triangle.InverseDepth.PerY)) * depth;
        float cX = ((float)triangle.C.PerX - (c * (float)triangle.InverseDepth.PerX)) * depth;
        float cY = ((float)triangle.C.PerY - (c * (float)triangle.InverseDepth.PerY)) * depth;
        return TextureSampler.Choose(_image!, (_textureToB * bX) + (_textureToC * cX), (_textureToB * bY) + (_textureToC * cY));
    }

    /// <summary>The colour of a point, linear, lit, with alpha.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector4 At(float b, float c, TextureLevel? level)
    {
        Vector4 color = _color + (_colorToB * b) + (_colorToC * c);
        if (level is not null)
        {
            color *= TextureSampler.Sample(_item.Material, level, _texture + (_textureToB * b) + (_textureToC * c));
        }

        float alpha = color.W;
        Vector4 tint = _item.Tint;
        color = Vector4.Lerp(color, tint, tint.W);
        float light = _light;
        if (_isSmooth)
        {
            Vector3 normal = _normal + (_normalToB * b) + (_normalToC * c);
            light = Lighting.On(normal * (1 / MathF.Sqrt(normal.LengthSquared() + 1e-20f)), _toCamera);
        }

        return new Vector4(color.X * light, color.Y * light, color.Z * light, alpha);
    }
}
