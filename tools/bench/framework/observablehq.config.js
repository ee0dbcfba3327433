export default {root: "src", globalStylesheets: [], search: false};
