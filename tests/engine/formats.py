"""What others want of the files that the site offers to programs, as schemas that lxml and jsonschema read.

They are written after the protocol of sitemaps.org and the profile of datapackage.org, for the parts that we write.
"""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft7Validator, FormatChecker
from lxml import etree

SITEMAP = etree.XMLSchema(
    etree.XML(b"""
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xsd:simpleType name="address">
    <xsd:restriction base="xsd:anyURI"><xsd:minLength value="12"/><xsd:maxLength value="2048"/></xsd:restriction>
  </xsd:simpleType>
  <xsd:simpleType name="day"><xsd:union memberTypes="xsd:date xsd:dateTime"/></xsd:simpleType>
  <xsd:element name="urlset">
    <xsd:complexType><xsd:sequence>
      <xsd:element name="url" maxOccurs="50000">
        <xsd:complexType><xsd:sequence>
          <xsd:element name="loc" type="address"/>
          <xsd:element name="lastmod" type="day" minOccurs="0"/>
        </xsd:sequence></xsd:complexType>
      </xsd:element>
    </xsd:sequence></xsd:complexType>
    <xsd:unique name="once">
      <xsd:selector xpath="s:url"/><xsd:field xpath="s:loc"/>
    </xsd:unique>
  </xsd:element>
</xsd:schema>""")
)
NAMED = {"type": "string", "minLength": 1}
PLACE = {"type": "string", "pattern": r"^(https?://.+|(?![./~])(?!.*(\.\./|\\|://)).+)$"}
LICENCES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "anyOf": [{"required": ["name"]}, {"required": ["path"]}],
        "properties": {
            "name": {"type": "string", "pattern": "^[-a-zA-Z0-9._]+$"},
            "title": NAMED,
            "path": PLACE,
        },
    },
}
ABOUT = {"name": NAMED, "title": NAMED, "description": NAMED, "licenses": LICENCES}
STRINGS, WHOLE = {"type": "string"}, {"type": "integer"}
LENGTHS = {"minLength": WHOLE, "maxLength": WHOLE}


def _field(
    kind: str, item: dict[str, Any], *, limits: bool = True, more: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return what the profile wants of a column of a type, whose values are written as ``item`` is."""
    rules: dict[str, Any] = {
        "required": {"type": "boolean"},
        "unique": {"type": "boolean"},
        "enum": {"type": "array", "minItems": 1, "uniqueItems": True, "items": item},
        **({"minimum": item, "maximum": item} if limits else {}),
        **(more or {}),
    }
    constraints = {"type": "object", "properties": rules, "additionalProperties": False}
    about = {"name": NAMED, "title": NAMED, "description": NAMED, "type": {"const": kind}, "constraints": constraints}
    return {"type": "object", "required": ["name", "type"], "properties": about}


FIELD = {
    "oneOf": [  # of the types that the profile has, those that we write; it lists none for lists
        _field("string", STRINGS, limits=False, more={"pattern": STRINGS, **LENGTHS}),
        _field("integer", {"type": ["string", "integer"]}),
        _field("number", {"type": ["string", "number"]}),
        _field("boolean", {"type": "boolean"}, limits=False),
        _field("date", STRINGS),
        _field("year", {"type": ["string", "integer"]}),
        _field("yearmonth", STRINGS),
    ]
}
KEYS = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}}
TABLE = {
    "type": "object",
    "required": ["fields"],
    "properties": {
        "fields": {"type": "array", "minItems": 1, "items": FIELD},
        "missingValues": {"type": "array", "items": {"type": "string"}},
        "primaryKey": KEYS,
        "foreignKeys": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["fields", "reference"],
                "properties": {
                    "fields": KEYS,
                    "reference": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {"resource": {"type": "string"}, "fields": KEYS},
                    },
                },
            },
        },
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path"],
    "properties": {
        **ABOUT,
        "path": PLACE,
        "type": {"const": "table"},
        "format": NAMED,
        "mediatype": {"type": "string", "pattern": "^(.+)/(.+)$"},
        "encoding": NAMED,
        "bytes": {"type": "integer"},
        "hash": {"type": "string", "pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32})$"},
        "sources": {
            "type": "array",
            "items": {"type": "object", "minProperties": 1, "properties": {"title": NAMED, "path": PLACE}},
        },
        "schema": TABLE,
    },
}
PACKAGE = {
    "type": "object",
    "required": ["$schema", "resources"],
    "properties": {
        **ABOUT,
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "homepage": {"type": "string", "format": "uri"},
        "version": {"type": "string", "pattern": r"^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$"},
        "created": {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "contributors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "minProperties": 1,
                "properties": {"title": NAMED, "roles": {"type": "array", "minItems": 1, "items": NAMED}},
            },
        },
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}
PROFILE = Draft7Validator(PACKAGE, format_checker=FormatChecker())
KNOWN_OF_PACKAGE = {"version", "created", "licenses", "contributors"}  # what a re-user wants beside the tables


def faults_of_sitemap(body: bytes) -> list[str]:
    """Return what the protocol of sitemaps does not allow."""
    document = etree.fromstring(body)
    return [] if SITEMAP.validate(document) else [error.message for error in SITEMAP.error_log]


def faults_of_package(text: str) -> list[str]:
    """Return what the profile does not allow, and what of a published package is missing."""
    package: dict[str, Any] = json.loads(text)
    found = [f"{error.json_path}: {error.message}" for error in PROFILE.iter_errors(package)]
    return found + sorted(KNOWN_OF_PACKAGE - package.keys())
